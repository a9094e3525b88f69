import { userUuid } from '../state/uuid.ts'
import type { Call } from './call.ts'
import { badAccessToken, blankToken, noPermission, unauthorized } from './errors.ts'
import type { Claims } from './tokens.ts'

/**
 * Who may make a call: `anyone`, the `app`, the app or the user named in the path (`self`), or, for `registration`, the app and with open
 * registration anyone.
 */
export type Access = 'anyone' | 'app' | 'self' | 'registration'

/** Checks the token, before anything is looked up, and sets `call.claims`. @throws VendorError 401 */
export function authenticate(call: Call, access: Access): void {
  if (access === 'anyone') return
  const token = bearer(call.authorization)
  if (token === undefined) {
    if (access === 'registration' && needsNoToken(call)) return
    if (access === 'registration') {
      throw unauthorized("Open registration doesn't allow, so register user need token,")
    }
    if (call.path.startsWith('/chatgroups')) throw blankToken()
    throw unauthorized()
  }
  const claims = readClaims(call, token)
  call.claims = claims
  if (claims.kind === 'app') return
  if (access === 'registration') throw unauthorized('token is illegal.')
  if (!call.path.startsWith('/users'))
    throw badAccessToken('Unable to authenticate due to corrupt access token')
  const named = call.state.users.find(call.params['username'] ?? '')
  if (access === 'self' && named?.name === claims.name) return
  const what = named === undefined ? '/users' : `/users/${userUuid(named)}`
  throw noPermission(`applications:${call.method.toLowerCase()}:${call.emulated.applicationId}:${what}`)
}

/** Open registration needs no token, but accepts only one user a call. */
const needsNoToken = ({ emulated, bodyText }: Call) =>
  emulated.registration === 'open' && !bodyText.trimStart().startsWith('[')

function readClaims(call: Call, token: string): Claims {
  const claims = call.emulated.tokens.read(token)
  if (claims === 'corrupt') throw badAccessToken('Unable to authenticate due to corrupt access token')
  if (claims === 'unknown') throw badAccessToken('Unable to authenticate')
  if (claims.generation < call.state.generation) throw unauthorized()
  if (claims.expires !== 0 && claims.expires <= call.at) {
    throw unauthorized('Unable to authenticate due to expired access token')
  }
  if (claims.kind === 'user') {
    const user = call.state.users.get(claims.name)
    if (user?.seq !== claims.seq || !user.active) throw unauthorized()
  }
  return claims
}

function bearer(header: string | undefined): string | undefined {
  const match = header === undefined ? null : /^Bearer\s+(\S+)\s*$/i.exec(header)
  return match?.[1]
}
