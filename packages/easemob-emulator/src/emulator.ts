import type { CallbackCounts } from './callbacks/callbacks.ts'
import type { ActiveFault } from './faults/faults.ts'
import type { FaultRule } from './faults/rule.ts'
import type { JournalEntry } from './journal/journal.ts'
import type { Tallies } from './journal/tallies.ts'

/** A user as the emulator holds it; the password is the one the vendor would accept now. */
export interface UserView {
  readonly username: string
  readonly password: string
  readonly nickname: string | undefined
  readonly activated: boolean
  /** ms since the epoch */
  readonly created: number
}

/** A group as the emulator holds it. */
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

/** A message that was accepted, with an id for each recipient. */
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

/** A running emulator. */
export interface Emulator {
  /** base URL, no trailing slash */
  readonly url: string
  readonly appKey: string
  readonly clientId: string
  readonly clientSecret: string
  /** Empties the app, journal, faults, limits and clock, and seeds anew. Tokens of the app stay good. */
  reset(): void
  readonly faults: {
    /** Adds a rule, gives its id. @throws BadFaultRule */
    add(rule: FaultRule): number
    list(): ActiveFault[]
    remove(id: number): boolean
    clear(): void
  }
  readonly requests: {
    /** the newest 10,000 answered calls, oldest first */
    list(): JournalEntry[]
    /** how many calls were answered, ever */
    readonly total: number
    /** calls by operation since the start, exact, those in flight included */
    counts(): Record<string, number>
    /** answers by operation and status; status 0 is a dropped connection */
    statuses(): Record<string, Record<string, number>>
    /** users created, existing users named again, groups created and deleted, messages sent: exact */
    tallies(): Tallies
    clear(): void
  }
  readonly clock: {
    /** ms since the epoch */
    now(): number
    /** Moves the clock on: tokens expire, limits refill. */
    advance(ms: number): void
  }
  /** what became of the callbacks so far */
  readonly callbacks: { counts(): CallbackCounts }
  /** Makes every token given so far useless (401). */
  revokeTokens(): void
  /** Copies of what the app holds, without a call. */
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
    /** the newest 10,000, fewer where they have many recipients; `count` is of all */
    messages: { readonly count: number; list(): MessageView[] }
  }
  /** Writes what is left to write, closes every connection, frees the port. */
  close(): Promise<void>
}
