import type { CallOptions } from '../options.ts'

/**
 * A text message to groups.
 * @example const message: GroupText = { groups: ['81787263975425'], text: 'hello', ext: { kind: 'notice' } }
 */
export type GroupText = {
  /** The sender shown; the vendor does not check that the user exists. Default `admin`. */
  from?: string | undefined
  /** Group ids, any number; 3 are sent a call. The vendor does not check that a group exists: an unknown one gets a message id, too. */
  groups: readonly string[]
  /** At most 5 KB together with `ext`. */
  text: string
  /** Custom fields that the recipients' apps receive with the message. */
  ext?: Readonly<Record<string, unknown>> | undefined
}

/** Messages (vendor documentation, "Send messages"). Every method throws {@link EasemobError}. */
export type Messages = {
  /**
   * Sends a text to groups (`POST /messages/chatgroups`), 3 groups a call and at most 20 messages a second per app. Returns message id by group id
   * (19 digits, a string). A call is not retried once it may have reached the vendor ({@link OutcomeUnknown}). When a later call fails, the error's
   * `partial` holds the ids of the messages sent before. Throws `invalid` (too long), `rate_limited`.
   * @example const ids = await easemob.messages.sendText({ groups: [groupId], text: 'hello', ext: { kind: 'notice' } })
   */
  sendText(message: GroupText, options?: CallOptions): Promise<Record<string, string>>
}
