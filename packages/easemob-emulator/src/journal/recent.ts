/** A ring buffer of the newest `capacity` items that also counts all items added. */
export class Recent<T> {
  readonly capacity: number
  #items: T[] = []
  #total = 0

  constructor(capacity: number) {
    this.capacity = capacity
  }

  get total(): number {
    return this.#total
  }

  add(item: T): void {
    this.#items[this.#total % this.capacity] = item
    this.#total++
  }

  /** Oldest first. */
  list(): T[] {
    const split = this.#total > this.capacity ? this.#total % this.capacity : 0
    return [...this.#items.slice(split), ...this.#items.slice(0, split)]
  }

  clear(): void {
    this.#items = []
    this.#total = 0
  }
}
