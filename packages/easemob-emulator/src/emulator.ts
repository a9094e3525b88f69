import type { CallbackCounts } from './callbacks/callbacks.ts'
import type { ActiveFault } from './faults/faults.ts'
import type { FaultRule } from './faults/rule.ts'
import type { JournalEntry } from './journal/journal.ts'
import type { Tallies } from './journal/tallies.ts'

/** A user in the emulator's state; `password` is the one a login would need now. */
export interface UserView {
  readonly username: string
  readonly password: string
  readonly nickname: string | undefined
  readonly activated: boolean
  /** ms since the epoch */
  readonly created: number
}

/** A group in the emulator's state. */
export interface GroupView {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly public: boolean
  readonly membersonly: boolean
  readonly allowinvites: boolean
  readonly maxusers: number
  readonly custom: string
  readonly owner: string
  /** the owner included, in order of joining */
  readonly members: readonly string[]
}

/** An accepted message, with an id for each recipient. */
export interface MessageView {
  /** ms since the epoch on the emulator's clock */
  readonly at: number
  readonly target: 'users' | 'chatgroups' | 'chatrooms'
  readonly from: string
  readonly to: readonly string[]
  readonly ids: readonly string[]
  readonly type: string
  readonly body: unknown
  readonly ext: unknown
}

/**
 * A running emulator, made by {@link createEmulator}.
 * @example
 * emulator.clock.advance(3_600_000) // expires tokens of an hour
 * emulator.requests.counts()['users.create'] // calls so far
 */
export interface Emulator {
  /** base URL, no trailing slash */
  readonly url: string
  readonly appKey: string
  readonly clientId: string
  readonly clientSecret: string
  /** Clears the state, journal, faults, limits and clock, and applies the seed again. App tokens stay valid. */
  reset(): void
  readonly faults: {
    /** Adds a rule and returns its id. @throws BadFaultRule */
    add(rule: FaultRule): number
    list(): ActiveFault[]
    remove(id: number): boolean
    clear(): void
  }
  readonly requests: {
    /** the newest 10,000 answered calls, oldest first */
    list(): JournalEntry[]
    /** how many calls were answered in total */
    readonly total: number
    /** calls by operation since the start or the last reset, exact, calls in flight included */
    counts(): Record<string, number>
    /** answers by operation and status; status 0 means that the connection was dropped */
    statuses(): Record<string, Record<string, number>>
    /** exact counts of users created, existing users named again, groups created and deleted, messages sent */
    tallies(): Tallies
    clear(): void
  }
  readonly clock: {
    /** ms since the epoch */
    now(): number
    /** Advances the clock by `ms`: tokens expire and rate limits refill. */
    advance(ms: number): void
  }
  /** how many callbacks were delivered, dropped and are waiting */
  readonly callbacks: { counts(): CallbackCounts }
  /** Revokes every token issued so far; calls with one are answered 401. */
  revokeTokens(): void
  /** Copies of the state, read without an HTTP call. */
  readonly state: {
    users: {
      readonly count: number
      get(username: string): UserView | undefined
      /** oldest first */
      list(): UserView[]
      newest(limit: number): UserView[]
    }
    groups: {
      readonly count: number
      get(id: string): GroupView | undefined
      /** oldest first */
      list(): GroupView[]
      newest(limit: number): GroupView[]
    }
    /** the newest 10,000, fewer when they have many recipients; `count` counts all */
    messages: { readonly count: number; list(): MessageView[] }
  }
  /** Writes pending changes to the snapshot file, closes every connection and frees the port. */
  close(): Promise<void>
}
