import type { Call } from '../http/call.ts'
import { envelope } from '../http/envelope.ts'
import { illegalArgument, serviceNotFound } from '../http/errors.ts'
import { number, text } from '../http/fields.ts'
import { type Route, route } from './route.ts'

const KINDS = ['chat', 'groupchat', 'chatroom'] as const

/** Accepted without effect, since mutes do not stop messages sent over REST. */
function muteUser(call: Call): string {
  const fields = call.object()
  const name = text(fields['username'])
  if (name === undefined) throw illegalArgument('username must be provided')
  const wrong = KINDS.find(kind => fields[kind] !== undefined && (number(fields[kind]) ?? -2) < -1)
  if (wrong !== undefined) throw illegalArgument(`${wrong} must be a number of seconds, -1 for ever`)
  if (call.state.users.get(name) === undefined) throw serviceNotFound()
  return envelope(call, { entities: [], data: { result: 'ok' } })
}

/** The app-wide mute. */
export const userMuteRoutes: readonly Route[] = [route('POST', '/mutes', 'users.mute', muteUser)]
