import type { Change } from '../state/change.ts'
import { State } from '../state/state.ts'

/** Where changes are written down. */
export interface Log {
  append(change: Change): void
  /** Resolves when all that was appended so far is in the file. */
  written(): Promise<void>
  readonly pending: boolean
  /** size of the file */
  readonly bytes: number
  /** Rewrites the file as the shortest list of changes that gives the present state. */
  compact(): void
  close(): void
}

/** The state and its log: the one way to change anything, and the emulator's clock, which belongs to the state. */
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

  /** From here on every change is also written to `log`. */
  record(log: Log): void {
    this.#log = log
  }

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
