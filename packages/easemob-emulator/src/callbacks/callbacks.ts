/** An event for the app's callback URL, without the fields that all events share (vendor documentation, "Callbacks"). */
export interface CallbackEvent {
  /** the part of `callId` after `{org}#{app}_` */
  readonly id: string
  /** ms since the epoch */
  readonly at: number
  readonly fields: Readonly<Record<string, unknown>>
}

/** Counts of the events so far. */
export interface CallbackCounts {
  readonly delivered: number
  /** not delivered by two attempts, or emitted while 10,000 were waiting */
  readonly dropped: number
  readonly waiting: number
}

/** Receives the events of the app. */
export interface Callbacks {
  /** false when no callback URL is set, so that events need not be built */
  readonly enabled: boolean
  emit(event: CallbackEvent): void
  counts(): CallbackCounts
}

/** Used when no callback URL is set. */
export const noCallbacks: Callbacks = {
  enabled: false,
  emit() {},
  counts: () => ({ delivered: 0, dropped: 0, waiting: 0 }),
}
