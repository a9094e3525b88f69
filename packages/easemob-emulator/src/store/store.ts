import type { Change } from '../state/change.ts'
import { State } from '../state/state.ts'

/** A log that changes are written to. */
export interface Log {
  append(change: Change): void
  /** Resolves when all changes appended so far are in the file. */
  written(): Promise<void>
  readonly pending: boolean
  /** size of the file in bytes */
  readonly bytes: number
  /** Rewrites the file as the shortest list of changes that restores the state. */
  compact(): void
  close(): void
}

/** The state, its log and the emulator's clock. Every change of the state goes through `commit`. */
export class Store {
  readonly state = new State()
  readonly #time: () => number
  #log: Log | undefined

  /** @param time the machine's time in ms */
  constructor(time: () => number) {
    this.#time = time
  }

  get log(): Log | undefined {
    return this.#log
  }

  /** Also appends every later change to `log`. */
  record(log: Log): void {
    this.#log = log
  }

  /** Applies a change and appends it to the log. */
  commit(change: Change): void {
    this.state.apply(change)
    this.#log?.append(change)
  }

  /** ms since the epoch on the emulator's clock */
  now(): number {
    return this.#time() + this.state.clockOffset
  }

  advance(ms: number): void {
    this.commit({ op: 'clock', offset: this.state.clockOffset + ms })
  }

  revokeTokens(): void {
    this.commit({ op: 'tokens.revoke', generation: this.state.generation + 1 })
  }
}
