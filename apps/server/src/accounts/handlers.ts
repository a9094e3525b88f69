import { setTimeout as delay } from 'node:timers/promises'
import { type Contract, GatewayError, type Handlers } from '@easemob-gateway/contracts'
import { inArray } from 'drizzle-orm'
import { schema } from '../db/connect.ts'
import type { Context, Grants } from '../request.ts'
import { findPeople } from '../users/people.ts'
import { newPassword } from './keyring.ts'
import { lossOf, register, registerAll } from './registration.ts'
import { readRun } from './runs/view.ts'
import { accountSubject } from './writes/change-password.ts'

const { accounts: accountRows } = schema
const pollMs = 250

/** IM accounts: registration and passwords. */
export const accounts: Handlers<Contract, Context, Grants>['accounts'] = {
  async register(call) {
    const { user_id } = call.input
    const [person] = await findPeople(call, [user_id])
    if (!person) return call.fail('USER_NOT_FOUND', { values: { users: user_id } })
    await registerAll(call, [person])
    return null
  },

  async registerMany(call) {
    const { user_ids } = call.input
    const known = new Set((await findPeople(call, user_ids)).map(({ id }) => id))
    const ids = user_ids.filter(id => known.has(id))
    const unknown = user_ids.filter(id => !known.has(id))
    const rows = await call.database.orm
      .select({ id: accountRows.userId, state: accountRows.state })
      .from(accountRows)
      .where(inArray(accountRows.userId, ids.length > 0 ? ids : ['0']))
    const already = new Set(rows.filter(({ state }) => state === 'registered').map(({ id }) => id))
    const result = await register(
      call,
      ids.filter(id => !already.has(id)),
    )
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

  async registerMissing({ input, jobs, caller, ...call }) {
    let id = await jobs.runs.start()
    while (id === null) id = await jobs.runs.start()
    jobs.wakeRuns()
    const until = Date.now() + input.wait * 1000
    const { signal } = caller
    for (;;) {
      const run = await readRun(call, id)
      const left = until - Date.now()
      if (!run) throw new Error(`The run ${id} has gone`)
      if (run.state !== 'running' || left <= 0 || signal.aborted) {
        const { state, total, done, failed } = run
        return { run: { id: run.id, state, total, done, failed } }
      }
      await delay(Math.min(pollMs, left), undefined, { signal }).catch(() => undefined)
    }
  },

  async resetPassword(call) {
    const { actor, jobs, keyring } = call
    if (actor.account?.state !== 'registered') await registerAll(call, [{ id: actor.id, registered: false }])
    const password = keyring.encrypt(newPassword(), actor.id)
    await jobs.intents.run({
      kind: jobs.kinds.changePassword,
      subject: accountSubject(actor.id),
      payload: { userId: actor.id, password },
    })
    return null
  },

  async password(call) {
    const { actor, keyring, jobs } = call
    let account = actor.account
    if (account?.state !== 'registered') {
      await registerAll(call, [{ id: actor.id, registered: false }])
      account = (await call.readActor(actor)).account
    }
    if (account?.inDoubt) {
      await jobs.intents.settle(accountSubject(actor.id))
      account = (await call.readActor(actor)).account
    }
    if (!account) throw new Error(`The account of user ${actor.id} has gone`)
    return { im_pwd_hash: keyring.decrypt(account.password, actor.id) }
  },
}
