import type { Call } from '../http/call.ts'
import type { MessageInput } from '../routes/message-rules.ts'
import type { MessageRecord } from '../state/records.ts'

/** Emits a group event. */
export function groupEvent(
  call: Call,
  id: string,
  operation: string,
  people: { readonly from?: string; readonly to?: string; readonly reason?: string },
): void {
  const { emulated, state, at } = call
  const { callbacks, appKey } = emulated
  if (!callbacks.enabled) return
  const messageId = state.messageIds.next(at)
  callbacks.emit({
    id: messageId,
    at,
    fields: {
      chat_type: 'muc',
      group_id: id,
      from: people.from ?? 'admin',
      to: people.to ?? id,
      msg_id: messageId,
      eventType: 'chat',
      payload: {
        muc_id: `${appKey}_${id}@conference.easemob.com`,
        reason: people.reason ?? '',
        is_chatroom: false,
        operation,
        status: { description: '', error_code: 'ok' },
      },
    },
  })
}

const CHAT_TYPES = { users: 'chat', chatgroups: 'groupchat', chatrooms: 'chatroom' } as const

/** Emits the post-send event of a message. */
export function messageEvent(
  call: Call,
  target: MessageRecord['target'],
  message: MessageInput,
  [to, messageId]: readonly [string, string],
): void {
  const { callbacks, appKey } = call.emulated
  if (!callbacks.enabled) return
  callbacks.emit({
    id: messageId,
    at: call.at,
    fields: {
      chat_type: CHAT_TYPES[target],
      group_id: target === 'users' ? undefined : to,
      from: message.from,
      to,
      msg_id: messageId,
      eventType: 'chat',
      appkey: appKey,
      payload: { ext: message.ext ?? {}, bodies: [{ type: message.type, ...message.body }] },
    },
  })
}
