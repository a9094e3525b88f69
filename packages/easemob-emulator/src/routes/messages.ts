import type { Handler } from '../http/call.ts'
import { envelope } from '../http/envelope.ts'
import type { MessageRecord } from '../state/records.ts'
import { deliver } from './deliver.ts'
import { messageInput } from './message-rules.ts'
import { sendLegacy } from './messages-legacy.ts'
import { type Route, route } from './route.ts'

/** The vendor's limit of recipients in one call. */
const MAX_RECIPIENTS = { users: 600, chatgroups: 3, chatrooms: 10 } as const

const sendTo =
  (target: MessageRecord['target']): Handler =>
  call => {
    const recipients = deliver(call, target, messageInput(call.json(), MAX_RECIPIENTS[target]))
    return envelope(call, { path: `/messages/${target}`, data: Object.fromEntries(recipients) })
  }

/** Sending messages. Chat rooms accept messages; their other endpoints are not emulated. */
export const messageRoutes: readonly Route[] = [
  route('POST', '/messages/users', 'messages.users', sendTo('users')),
  route('POST', '/messages/chatgroups', 'messages.chatgroups', sendTo('chatgroups')),
  route('POST', '/messages/chatrooms', 'messages.chatrooms', sendTo('chatrooms')),
  route('POST', '/messages', 'messages.legacy', sendLegacy),
]
