import type { Contract, Handler, Handlers } from '@easemob-gateway/contracts'
import type { Registration } from '../accounts/registration.ts'
import type { RegisteredWrite } from '../durable/intents.ts'
import type { RequestContext } from '../request.ts'
import type { People } from '../users/people.ts'
import type { Idempotency } from './idempotency.ts'
import type { ReadLocalGroups } from './local-row.ts'
import type { GroupReader } from './reader.ts'
import type { GroupGrants } from './rules.ts'
import type { GroupView } from './view.ts'
import type { NewGroup } from './writes/create.ts'
import type { MemberChange } from './writes/members.ts'
import type { GroupChange } from './writes/update.ts'

/** What the operations on groups need. */
export interface GroupServices {
  readonly people: People
  readonly registration: Pick<Registration, 'registerAll'>
  readonly reader: GroupReader
  readonly readLocal: ReadLocalGroups
  readonly view: GroupView
  readonly idempotency: Idempotency
  readonly writes: GroupWrites
}

/** The durable writes of groups. */
export interface GroupWrites {
  readonly createGroup: RegisteredWrite<NewGroup, { groupId: string }>
  readonly updateGroup: RegisteredWrite<GroupChange, void>
  readonly deleteGroup: RegisteredWrite<{ groupId: string }, void>
  readonly addMembers: RegisteredWrite<MemberChange, void>
  readonly removeMembers: RegisteredWrite<MemberChange, void>
}

/** The handlers of all operations on groups. */
export type GroupHandlers = Handlers<Contract, RequestContext, GroupGrants>['groups']

/** The handler of one operation on groups. */
export type GroupHandler<Name extends keyof Contract['groups']> = Handler<
  Contract['groups'][Name],
  RequestContext,
  GroupGrants
>
