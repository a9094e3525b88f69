import type { CallOptions } from '../options.ts'

/** A text message to groups. */
export type GroupText = {
  /** Shown as the sender; not checked for existence. Default `admin`. */
  from?: string | undefined
  /** Any number; 3 a call. Not checked for existence: an unknown group still gets a message id. */
  groups: readonly string[]
  /** With `ext`, at most 5 KB. */
  text: string
  /** Custom fields carried along. */
  ext?: Readonly<Record<string, unknown>> | undefined
}

/** Messages (vendor documentation, "Send messages"). */
export type Messages = {
  /**
   * Sends a text to groups, 3 a call, at most 20 messages a second per app; answers message id by group id (19 digits, a string).
   * Never repeated once it may have arrived ({@link OutcomeUnknown}). When a later chunk fails, the error's `partial` holds the ids of those
   * sent. Throws `invalid` (too long), `rate_limited`.
   * @example const ids = await easemob.messages.sendText({ groups: [groupId], text: 'hello', ext: { kind: 'notice' } })
   */
  sendText(message: GroupText, options?: CallOptions): Promise<Record<string, string>>
}
