/** An event the vendor tells the app's callback URL about, without the keys that are the same for all (§7). */
export interface CallbackEvent {
  /** part of `callId` after `{org}#{app}_` */
  readonly id: string
  /** ms since the epoch */
  readonly at: number
  readonly fields: Readonly<Record<string, unknown>>
}

/** What became of the events so far. */
export interface CallbackCounts {
  readonly delivered: number
  /** refused twice, or more than 10,000 were waiting */
  readonly dropped: number
  readonly waiting: number
}

/** Where events go. */
export interface Callbacks {
  /** false: nobody listens, events need not be made */
  readonly enabled: boolean
  emit(event: CallbackEvent): void
  counts(): CallbackCounts
}

export const noCallbacks: Callbacks = {
  enabled: false,
  emit() {},
  counts: () => ({ delivered: 0, dropped: 0, waiting: 0 }),
}
