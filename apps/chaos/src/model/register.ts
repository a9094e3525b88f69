/** Counts moments, so that two are never the same. */
let moment = 0
export const tick = (): number => ++moment

/** One write of a value, as the one who wrote it knows it. */
export interface Write<T> {
  readonly value: T
  readonly start: number
  /** When its answer, or the end of its connection, was seen; infinite while it is under way. */
  end: number
  acknowledged: boolean
}

/**
 * A value that several clients write at once. What it may hold is every written value that no acknowledged write has
 * replaced, where a write replaces another when it began after the other had ended. A write whose outcome is unknown
 * may have happened or not, and replaces nothing.
 */
export class Register<T> {
  #writes: Write<T>[]

  constructor(value: T) {
    const now = tick()
    this.#writes = [{ value, start: now, end: now, acknowledged: true }]
  }

  begin(value: T): Write<T> {
    const write = { value, start: tick(), end: Number.POSITIVE_INFINITY, acknowledged: false }
    this.#writes.push(write)
    return write
  }

  acknowledge(write: Write<T>): void {
    write.end = tick()
    write.acknowledged = true
  }

  /** It ended without a clear answer. */
  leave(write: Write<T>): void {
    write.end = tick()
  }

  /** It has certainly not happened. */
  refuse(write: Write<T>): void {
    this.#writes = this.#writes.filter(other => other !== write)
  }

  allowed(): T[] {
    const replaces = this.#writes.filter(({ acknowledged }) => acknowledged)
    const values = this.#writes.filter(({ end }) => !replaces.some(({ start }) => start > end))
    return [...new Set(values.map(({ value }) => value))]
  }

  allows(value: T): boolean {
    return this.allowed().includes(value)
  }

  /** Whether a write met a known value and nobody else wrote beside it. */
  ranAlone(write: Write<T>): boolean {
    return this.#writes.every(other => other === write || (other.acknowledged && other.end < write.start))
  }

  /** Nothing is under way, and this is what was found: from now on it holds nothing else. */
  settle(value: T): void {
    const now = tick()
    this.#writes = [{ value, start: now, end: now, acknowledged: true }]
  }
}
