import type { Easemob } from '@easemob-gateway/easemob'
import type { AccountServices } from '../../src/accounts/handlers.ts'
import type { DurableWrite } from '../../src/durable/durable-write.ts'
import type { Intents, RegisteredWrite } from '../../src/durable/intents.ts'
import type { GroupServices, GroupWrites } from '../../src/groups/services.ts'
import type { InvokeOptions } from '../../src/invoke/invoke.ts'
import type { Work } from '../../src/start/work.ts'
import type { createSystemHandlers } from '../../src/system/handlers.ts'
import type { ImportServices } from '../../src/users/import.ts'

/** A write to the vendor that no process would repeat after a crash does not compile. */

declare const intents: Intents<Easemob>
declare const write: DurableWrite<Easemob, string, void>
declare const groups: GroupServices
declare const writes: Work['writes']

// What is registered can be run.
const registered: RegisteredWrite<string, void> = intents.register(write)
registered.run({ subject: 'group:1', payload: '1' })
groups.writes.deleteGroup.run({ subject: 'group:1', payload: { groupId: '1' } })

// @ts-expect-error a write cannot be run before it is registered
write.run({ subject: 'group:1', payload: '1' })
// @ts-expect-error nor passed to where a registered one is asked for
export const unregistered: RegisteredWrite<string, void> = write
// @ts-expect-error nor made by hand: only `register` knows the symbol
export const handmade: RegisteredWrite<string, void> = { run: async () => null }
// @ts-expect-error its payload is the write's own
registered.run({ subject: 'group:1', payload: 1 })

// The registry serves the domains; one that is missing in it is missing in the domain.
export const served: GroupWrites & Pick<AccountServices, 'changePassword'> = writes
declare const incomplete: Omit<Work['writes'], 'deleteGroup'>
// @ts-expect-error deleteGroup is not registered
export const forgotten: GroupWrites = incomplete

/** The members of `Services` through which a write could reach the vendor: a client, or a part of one. */
type WaysToWrite<Services> = {
  [Name in keyof Services]: Services[Name] extends Easemob[keyof Easemob] | Easemob ? Name : never
}[keyof Services]

type Nothing<T extends never> = T
// No domain's handlers are made with a client that can write.
export type Groups = Nothing<WaysToWrite<GroupServices>>
export type Accounts = Nothing<WaysToWrite<AccountServices>>
export type Users = Nothing<WaysToWrite<ImportServices>>
type SystemServices = Parameters<typeof createSystemHandlers>
export type System = Nothing<WaysToWrite<{ vendor: SystemServices[1] }>>
// @ts-expect-error a domain that is given the client has a way to write
export type Careless = Nothing<WaysToWrite<GroupServices & { vendor: Easemob }>>

// @ts-expect-error the vendor that a handler gets can only read
export const create = (vendor: SystemServices[1]) => vendor.groups.create
// @ts-expect-error in every one of its parts
export const register = (vendor: SystemServices[1]) => vendor.users.createMany

declare const handlers: InvokeOptions['handlers']
declare const lacking: Omit<typeof handlers, 'groups'> & {
  groups: Omit<(typeof handlers)['groups'], 'delete'>
}
// @ts-expect-error an operation without a handler
export const unhandled: InvokeOptions['handlers'] = lacking
