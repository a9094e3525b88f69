import type { Access } from '../http/authenticate.ts'
import type { Call, Handler } from '../http/call.ts'
import { serviceNotFound } from '../http/errors.ts'
import type { UserRecord } from '../state/records.ts'

/** One endpoint of the vendor. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** path after `/{org}/{app}` with `:name` parameters */
  readonly path: string
  /** name in the journal, in fault rules and in rate limits */
  readonly operation: string
  readonly access: Access
  readonly handle: Handler
  /** where the body decides what the call is */
  readonly operationOf?: (bodyText: string) => string
}

/** An endpoint for the app's token, unless `access` says otherwise. */
export const route = (
  method: Route['method'],
  path: string,
  operation: string,
  handle: Handler,
  more: Partial<Pick<Route, 'access' | 'operationOf'>> = {},
): Route => ({ method, path, operation, handle, access: 'app', ...more })

/** The user named in the path, by name or uuid. */
export function namedUser(call: Call): UserRecord {
  const user = call.state.users.find(call.param('username'))
  if (user === undefined) throw serviceNotFound()
  return user
}
