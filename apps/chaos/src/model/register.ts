/** A logical clock: every call returns a later time. */
let moment = 0
export const tick = (): number => ++moment

/** A write of a value, as its client has observed it. */
export interface Write<T> {
  readonly value: T
  readonly start: number
  /** When the answer or the end of the connection was observed; infinite while the request runs. */
  end: number
  acknowledged: boolean
}

/**
 * A value that several clients write concurrently. It may hold any written value that no acknowledged write has replaced;
 * a write replaces another one if it began after the other had ended. A write with an unknown outcome may have happened or
 * not, and replaces nothing.
 */
export class Register<T> {
  #writes: Write<T>[]

  constructor(value: T) {
    const now = tick()
    this.#writes = [{ value, start: now, end: now, acknowledged: true }]
  }

  /** Records that a write begins. */
  begin(value: T): Write<T> {
    const write = { value, start: tick(), end: Number.POSITIVE_INFINITY, acknowledged: false }
    this.#writes.push(write)
    return write
  }

  /** Records that a write has succeeded. */
  acknowledge(write: Write<T>): void {
    write.end = tick()
    write.acknowledged = true
  }

  /** Records that a write has ended with an unknown outcome. */
  leave(write: Write<T>): void {
    write.end = tick()
  }

  /** Records that a write was refused, and so has not happened. */
  refuse(write: Write<T>): void {
    this.#writes = this.#writes.filter(other => other !== write)
  }

  /** The values that it may hold. */
  allowed(): T[] {
    const replaces = this.#writes.filter(({ acknowledged }) => acknowledged)
    const values = this.#writes.filter(({ end }) => !replaces.some(({ start }) => start > end))
    return [...new Set(values.map(({ value }) => value))]
  }

  allows(value: T): boolean {
    return this.allowed().includes(value)
  }

  /** Whether no other write was concurrent with this one, and all earlier ones were acknowledged. */
  ranAlone(write: Write<T>): boolean {
    return this.#writes.every(other => other === write || (other.acknowledged && other.end < write.start))
  }

  /** Sets the value that was found while no write was running, and forgets all writes. */
  reset(value: T): void {
    const now = tick()
    this.#writes = [{ value, start: now, end: now, acknowledged: true }]
  }
}
