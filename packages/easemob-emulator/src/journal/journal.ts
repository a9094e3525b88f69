import { Recent } from './recent.ts'
import { newTallies, type Tallies } from './tallies.ts'

/** One call to the vendor's API as it was answered. */
export interface JournalEntry {
  readonly method: string
  /** path with query, as sent */
  readonly path: string
  readonly operation: string
  /** status answered; 0 where the connection was closed instead */
  readonly status: number
  /** whole ms between request and answer, delays included */
  readonly ms: number
  /** ms since the epoch on the emulator's clock, when the request came */
  readonly at: number
  /** id of the fault rule that fired */
  readonly fault?: number
}

const ENTRIES_KEPT = 10_000

/** The newest 10,000 calls, and exact counts of all. */
export class Journal {
  readonly #entries = new Recent<JournalEntry>(ENTRIES_KEPT)
  readonly #counts = new Map<string, number>()
  readonly #statuses = new Map<string, Map<number, number>>()
  /** Counted up by the routes. */
  readonly running: Tallies = newTallies()

  /** How many calls were answered, ever. */
  get total(): number {
    return this.#entries.total
  }

  /** Counts a call as it comes in. */
  began(operation: string): void {
    this.#counts.set(operation, (this.#counts.get(operation) ?? 0) + 1)
  }

  ended(entry: JournalEntry): void {
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

  tallies(): Tallies {
    return { ...this.running }
  }

  /** Calls by operation, those still in flight included. */
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
