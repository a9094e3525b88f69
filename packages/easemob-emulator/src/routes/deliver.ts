import { messageEvent } from '../callbacks/events.ts'
import type { Call } from '../http/call.ts'
import { messageError } from '../http/errors.ts'
import { unique } from '../http/fields.ts'
import type { MessageRecord } from '../state/records.ts'
import type { MessageInput } from './message-rules.ts'

/**
 * Accepts a message: applies the message rate limit, stores one record and emits a callback event per recipient.
 *
 * @returns pairs of recipient and message id. As at the vendor, recipients need not exist.
 * @throws VendorError 403 `message_send_error` beyond the rate limit
 */
export function deliver(
  call: Call,
  target: MessageRecord['target'],
  message: MessageInput,
): [string, string][] {
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
