import postgres from 'postgres'
import { createOpener } from './passwords.ts'
import type { Settings } from './settings.ts'
import { createTokenCheck } from './token.ts'
import { createBareVendor } from './vendor.ts'
import { viewOf } from './view.ts'

/** What every rival does behind its HTTP: the same as the gateway, with nothing around it. */
export interface Work {
  /** The user a token names; null: 401. */
  authenticate(authorization: string | undefined): string | null
  /** Null: there is no such user. */
  password(userId: string): Promise<{ im_pwd_hash: string } | null>
  /** The details of one public group, read from the vendor every time. */
  group(userId: string, groupId: string): Promise<unknown[] | null>
}

const actor = `
  select u.name, u.deleted_at is not null as deleted, a.state, a.password,
    exists (select 1 from intents where subject = 'account:' || u.id) as in_doubt
  from users u left join accounts a on a.user_id = u.id
  where u.id = $1`
const profiles = `
  select id::text as id, name, bio, sex, location, created_at, updated_at, avatar, bg, verified, extra, certification
  from users where id = any($1::bigint[]) and deleted_at is null`
const own = 'select face, allow_invites from groups where id = $1'

/** Raw postgres.js with prepared statements, the vendor through an undici pool. */
export function createWork(settings: Settings): Work {
  const sql = postgres(settings.databaseUrl, { max: 12, onnotice: () => {} })
  const open = createOpener(Buffer.from(settings.passwordKey, 'base64'))
  const vendor = createBareVendor(settings, true)
  const prepared = (text: string, values: string[]) => sql.unsafe(text, values, { prepare: true })
  return {
    authenticate: createTokenCheck(settings.jwtSecret),
    async password(userId) {
      const [row] = await prepared(actor, [userId])
      if (!row || row['deleted'] || row['in_doubt']) return null
      return { im_pwd_hash: open(row['password'], userId) }
    },
    async group(userId, groupId) {
      const [person] = await prepared(actor, [userId])
      if (!person || person['deleted']) return null
      const { body } = await vendor.call('GET', `/chatgroups/${groupId}`, await vendor.token())
      return viewOf(body, ids =>
        Promise.all([prepared(own, [groupId]), prepared(profiles, [`{${ids.join(',')}}`])]),
      )
    },
  }
}

/** An answer as the REST face words it. */
export const withMessage = (output: object | null) => ({ message: ['成功'], ...output })
