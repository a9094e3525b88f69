import { setTimeout as delay } from 'node:timers/promises'
import { type Contract, GatewayError, type Handlers } from '@easemob-gateway/contracts'
import { inArray } from 'drizzle-orm'
import type { ReadActor } from '../access/actor.ts'
import { type Database, schema } from '../db/database.ts'
import type { RegisteredWrite } from '../durable/intents.ts'
import type { RequestContext } from '../request.ts'
import type { People } from '../users/people.ts'
import { type Keyring, newPassword } from './keyring.ts'
import { lossOf, type Registration } from './registration.ts'
import type { RunStore } from './runs/store.ts'
import { readRun } from './runs/view.ts'
import { accountSubject } from './subject.ts'

const { accounts: accountRows } = schema
const pollMs = 250

/** What the operations on accounts need. */
export interface AccountServices {
  readonly database: Database
  readonly keyring: Keyring
  readonly people: People
  readonly readActor: ReadActor
  readonly registration: Registration
  readonly runs: Pick<RunStore, 'start'>
  /** Makes this process look for a run at once, after one has been started. */
  readonly wakeRuns: () => void
  readonly changePassword: RegisteredWrite<{ userId: string; password: string }, void>
  readonly resolvePending: (subject: string) => Promise<void>
}

/** The handlers of the operations on IM accounts: registration and passwords. */
export function createAccountHandlers(
  services: AccountServices,
): Handlers<Contract, RequestContext>['accounts'] {
  const { database, keyring, people, readActor, registration, runs, wakeRuns } = services
  return {
    async register(call) {
      const { user_id } = call.input
      const [person] = await people.find([user_id])
      if (!person) return call.fail('USER_NOT_FOUND', { values: { users: user_id } })
      await registration.registerAll([person])
      return null
    },

    async registerMany(call) {
      const { user_ids } = call.input
      const known = new Set((await people.find(user_ids)).map(({ id }) => id))
      const ids = user_ids.filter(id => known.has(id))
      const unknown = user_ids.filter(id => !known.has(id))
      const rows = await database.orm
        .select({ id: accountRows.userId, state: accountRows.state })
        .from(accountRows)
        .where(inArray(accountRows.userId, ids.length > 0 ? ids : ['0']))
      const already = new Set(rows.filter(({ state }) => state === 'registered').map(({ id }) => id))
      const result = await registration.register(ids.filter(id => !already.has(id)))
      const { registered, refused, lost } = result
      if (registered.length + already.size === 0 && ids.length > 0) {
        if (lost.length > 0) throw lossOf(lost)
        throw new GatewayError('VENDOR_REFUSED', { cause: refused[0]?.reason })
      }
      const failed = [
        ...unknown.map(user_id => ({ user_id, reason: 'USER_NOT_FOUND' })),
        ...refused.map(({ userId }) => ({ user_id: userId, reason: 'VENDOR_REFUSED' })),
        ...lost.map(({ userId }) => ({ user_id: userId, reason: 'VENDOR_UNAVAILABLE' })),
      ]
      return { registered: registered.length, already: already.size, failed }
    },

    async registerMissing({ input, cancellation }) {
      let id = await runs.start()
      while (id === null) id = await runs.start()
      wakeRuns()
      const until = Date.now() + input.wait * 1000
      const { signal } = cancellation
      for (;;) {
        const run = await readRun(database, id)
        const left = until - Date.now()
        if (!run) throw new Error(`The run ${id} has gone`)
        if (run.state !== 'running' || left <= 0 || signal.aborted) {
          const { state, total, done, failed } = run
          return { run: { id: run.id, state, total, done, failed } }
        }
        await delay(Math.min(pollMs, left), undefined, { signal }).catch(() => undefined)
      }
    },

    async resetPassword({ actor }) {
      if (actor.account?.state !== 'registered')
        await registration.registerAll([{ id: actor.id, registered: false }])
      const password = keyring.encrypt(newPassword(), actor.id)
      await services.changePassword.run({
        subject: accountSubject(actor.id),
        payload: { userId: actor.id, password },
      })
      return null
    },

    async password({ actor }) {
      let account = actor.account
      if (account?.state !== 'registered') {
        await registration.registerAll([{ id: actor.id, registered: false }])
        account = (await readActor(actor)).account
      }
      if (account?.inDoubt) {
        await services.resolvePending(accountSubject(actor.id))
        account = (await readActor(actor)).account
      }
      if (!account) throw new Error(`The account of user ${actor.id} has gone`)
      return { im_pwd_hash: keyring.decrypt(account.password, actor.id) }
    },
  }
}
