import postgres from 'postgres'
import { createOpener } from './passwords.ts'
import type { Settings } from './settings.ts'
import { createTokenCheck } from './token.ts'
import { createBareVendor } from './vendor.ts'
import { viewOf } from './view.ts'

/** The work that every rival performs behind its HTTP server: that of the gateway, without anything else. */
export interface Work {
  /** The user that a token names; null for an invalid token. */
  authenticate(authorization: string | undefined): string | null
  /** The user's IM password; null for an unknown user. */
  password(userId: string): Promise<{ im_pwd_hash: string } | null>
  /** The view of a public group, read from the vendor for every request. */
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

/** The work by postgres.js with prepared statements, and the vendor through a pool of undici. */
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

/** An answer in the format of the REST adapter. */
export const withMessage = (output: object | null) => ({ message: ['成功'], ...output })
