import { messageEvent } from '../callbacks/events.ts'
import type { Call, Handler } from '../http/call.ts'
import { envelope } from '../http/envelope.ts'
import { messageError } from '../http/errors.ts'
import { unique } from '../http/fields.ts'
import type { MessageRecord } from '../state/records.ts'
import { type Outgoing, outgoing } from './message-rules.ts'
import { sendLegacy } from './messages-legacy.ts'
import { type Route, route } from './route.ts'

/** Recipients one call may name. */
export const RECIPIENTS = { users: 600, chatgroups: 3, chatrooms: 10 } as const

/** Accepts a message and gives the pairs of recipient and message id. Recipients need not exist. */
export function deliver(call: Call, target: MessageRecord['target'], message: Outgoing): [string, string][] {
  const { emulated, at } = call
  const names = unique(message.to)
  if (!emulated.limits.takeMessages(target, names.length)) throw messageError('message send reach limit', 403)
  const recipients = names.map((name): [string, string] => [name, call.state.messageIds.next(at)])
  const { from, type, body, ext } = message
  emulated.store.commit({ op: 'message', message: { at, target, from, recipients, type, body, ext } })
  emulated.tallies.messagesSent += recipients.length
  for (const recipient of recipients) messageEvent(call, target, message, recipient)
  return recipients
}

const sendTo =
  (target: MessageRecord['target']): Handler =>
  call => {
    const recipients = deliver(call, target, outgoing(call.json(), RECIPIENTS[target]))
    return envelope(call, { path: `/messages/${target}`, data: Object.fromEntries(recipients) })
  }

/** §4. Chat rooms take messages, but have no other endpoints here. */
export const messageRoutes: readonly Route[] = [
  route('POST', '/messages/users', 'messages.users', sendTo('users')),
  route('POST', '/messages/chatgroups', 'messages.chatgroups', sendTo('chatgroups')),
  route('POST', '/messages/chatrooms', 'messages.chatrooms', sendTo('chatrooms')),
  route('POST', '/messages', 'messages.legacy', sendLegacy),
]
