import { Recent } from './recent.ts'
import { newTallies, type Tallies } from './tallies.ts'

/** An answered call to the vendor's API. */
export interface JournalEntry {
  readonly method: string
  /** path with query, as sent */
  readonly path: string
  readonly operation: string
  /** HTTP status; 0 when the connection was closed without an answer */
  readonly status: number
  /** ms between request and answer, rounded, delays included */
  readonly ms: number
  /** when the request arrived, ms since the epoch on the emulator's clock */
  readonly at: number
  /** id of the fault rule that applied */
  readonly fault?: number
}

const MAX_ENTRIES = 10_000

/** Keeps the newest 10,000 calls and exact counts of all. */
export class Journal {
  readonly #entries = new Recent<JournalEntry>(MAX_ENTRIES)
  readonly #counts = new Map<string, number>()
  readonly #statuses = new Map<string, Map<number, number>>()
  /** The live tallies; routes increment them. */
  readonly running: Tallies = newTallies()

  /** How many calls were answered in total. */
  get total(): number {
    return this.#entries.total
  }

  /** Counts a call when its request arrives. */
  started(operation: string): void {
    this.#counts.set(operation, (this.#counts.get(operation) ?? 0) + 1)
  }

  /** Records an answered call. */
  finished(entry: JournalEntry): void {
    this.#entries.add(entry)
    let statuses = this.#statuses.get(entry.operation)
    if (statuses === undefined) {
      statuses = new Map()
      this.#statuses.set(entry.operation, statuses)
    }
    statuses.set(entry.status, (statuses.get(entry.status) ?? 0) + 1)
  }

  /** The newest 10,000, oldest first. */
  list(): JournalEntry[] {
    return this.#entries.list()
  }

  /** A copy of the tallies. */
  tallies(): Tallies {
    return { ...this.running }
  }

  /** Calls by operation, calls in flight included. */
  counts(): Record<string, number> {
    return Object.fromEntries(this.#counts)
  }

  /** Answers by operation and status. */
  statuses(): Record<string, Record<string, number>> {
    return Object.fromEntries([...this.#statuses].map(([name, by]) => [name, Object.fromEntries(by)]))
  }

  clear(): void {
    this.#entries.clear()
    this.#counts.clear()
    this.#statuses.clear()
    Object.assign(this.running, newTallies())
  }
}
