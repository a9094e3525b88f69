import { authenticate } from '../http/authenticate.ts'
import type { Call } from '../http/call.ts'
import { entityNotFound, illegalArgument, invalidGrant, resourceLimited } from '../http/errors.ts'
import { flag, isObject, type JsonObject, number, text } from '../http/fields.ts'
import { isSameSecret } from '../http/same-secret.ts'
import type { UserRecord } from '../state/records.ts'
import { type Route, route } from './route.ts'
import { userEntity } from './user-entity.ts'
import { legalName } from './user-rules.ts'
import { addUser } from './users-create.ts'

const DEFAULT_TTL_SECONDS = 60 * 24 * 60 * 60
/** Java callers decode `expires_in` to a 32-bit int. */
const MAX_SECONDS = 2_147_483_647

function grant(call: Call): string {
  const body = call.json()
  const fields: JsonObject = isObject(body) ? body : {}
  switch (text(fields['grant_type'])) {
    case 'client_credentials':
      return appToken(call, fields)
    case 'password':
      return passwordToken(call, fields)
    case 'inherit':
      return inheritToken(call, fields)
    case undefined:
      throw illegalArgument('grant_type must be provided')
    default:
      throw invalidGrant('unsupported grant_type')
  }
}

function appToken(call: Call, fields: JsonObject): string {
  const { clientId, clientSecret, applicationId } = call.emulated
  const id = text(fields['client_id'])
  const secret = text(fields['client_secret'])
  if (id === undefined) throw illegalArgument('client_id must be provided.')
  if (secret === undefined) throw illegalArgument('client_secret must be provided')
  if (id !== clientId) throw invalidGrant('client_id does not match')
  if (!isSameSecret(secret, clientSecret)) throw invalidGrant('client_secret does not match')
  return JSON.stringify({ ...issue(call, fields, undefined), application: applicationId })
}

function passwordToken(call: Call, fields: JsonObject): string {
  const name = text(fields['username'])
  const password = text(fields['password'])
  if (name === undefined) throw illegalArgument('username must be provided')
  if (password === undefined) throw illegalArgument('password must be provided')
  const user = call.state.users.get(name)
  if (user === undefined) throw invalidGrant('user not found', 404)
  if (user.password === '' || !isSameSecret(password, user.password)) throw invalidGrant('invalid password')
  return userToken(call, fields, user)
}

function inheritToken(call: Call, fields: JsonObject): string {
  authenticate(call, 'app')
  const name = legalName(fields['username'])
  const user = call.state.users.get(name)
  if (user !== undefined) return userToken(call, fields, user)
  if (flag(fields['autoCreateUser']) !== true) throw entityNotFound()
  const limit = call.emulated.quota.users
  if (limit !== undefined && call.state.users.size >= limit) throw resourceLimited()
  return userToken(call, fields, addUser(call, { name, password: '', nickname: undefined }))
}

function userToken(call: Call, fields: JsonObject, user: UserRecord): string {
  if (!user.active) throw invalidGrant('user not activated')
  return JSON.stringify({ ...issue(call, fields, user), user: userEntity(user) })
}

function issue(call: Call, fields: JsonObject, user: UserRecord | undefined) {
  const ttl = fields['ttl'] === undefined ? DEFAULT_TTL_SECONDS : number(fields['ttl'])
  if (ttl === undefined || ttl < 0) throw illegalArgument('ttl must be a number of seconds, 0 or more')
  const seconds = ttl === 0 ? MAX_SECONDS : Math.min(Math.floor(ttl), MAX_SECONDS)
  const access_token = call.emulated.tokens.issue({
    kind: user === undefined ? 'app' : 'user',
    name: user?.name ?? '',
    seq: user?.seq ?? 0,
    expires: ttl === 0 ? 0 : call.at + seconds * 1000,
    generation: call.state.generation,
  })
  return { access_token, expires_in: seconds }
}

/** `POST /token`. Which credentials are needed depends on the grant, so the handler checks them. */
export const tokenRoutes: readonly Route[] = [route('POST', '/token', 'token', grant, { access: 'anyone' })]
