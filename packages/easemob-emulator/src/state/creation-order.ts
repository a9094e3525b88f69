/** An item with its place in the order of creation; `seq` only grows. */
export interface Sequenced {
  readonly seq: number
}

/**
 * Items in order of creation. A cursor, the `seq` of the last item seen, stays valid while other items are added and removed. Removing an item
 * leaves a hole; the holes are removed when they outnumber the items.
 */
export class CreationOrder<T extends Sequenced> {
  #items: (T | undefined)[] = []
  #seqs: number[] = []
  #head = 0
  #live = 0

  get size(): number {
    return this.#live
  }

  add(item: T): void {
    this.#items.push(item)
    this.#seqs.push(item.seq)
    this.#live++
  }

  /** Replaces the item with the same `seq`. */
  replace(item: T): void {
    const at = this.#firstAfter(item.seq - 1)
    if (this.#seqs[at] === item.seq) this.#items[at] = item
  }

  remove(item: Sequenced): void {
    const at = this.#firstAfter(item.seq - 1)
    if (this.#seqs[at] !== item.seq || this.#items[at] === undefined) return
    this.#items[at] = undefined
    this.#live--
    while (this.#head < this.#items.length && this.#items[this.#head] === undefined) this.#head++
    if (this.#items.length > 1024 && this.#live * 2 < this.#items.length) this.#compact()
  }

  bySeq(seq: number): T | undefined {
    const at = this.#firstAfter(seq - 1)
    return this.#seqs[at] === seq ? this.#items[at] : undefined
  }

  /** Up to `limit` items created after `seq`, oldest first. */
  after(seq: number, limit: number, keep: (item: T) => boolean = () => true): T[] {
    const found: T[] = []
    for (let at = Math.max(this.#firstAfter(seq), this.#head); at < this.#items.length; at++) {
      if (found.length === limit) break
      const item = this.#items[at]
      if (item !== undefined && keep(item)) found.push(item)
    }
    return found
  }

  /** Up to `limit` items created before `seq`, newest first. */
  before(seq: number, limit: number): T[] {
    const found: T[] = []
    for (let at = this.#firstAfter(seq - 1) - 1; at >= this.#head && found.length < limit; at--) {
      const item = this.#items[at]
      if (item !== undefined) found.push(item)
    }
    return found
  }

  *[Symbol.iterator](): Generator<T> {
    for (let at = this.#head; at < this.#items.length; at++) {
      const item = this.#items[at]
      if (item !== undefined) yield item
    }
  }

  #firstAfter(seq: number): number {
    let low = 0
    let high = this.#seqs.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#seqs[middle] ?? 0) > seq) high = middle
      else low = middle + 1
    }
    return low
  }

  #compact(): void {
    this.#items = this.#items.filter(item => item !== undefined)
    this.#seqs = this.#items.map(item => item?.seq ?? 0)
    this.#head = 0
  }
}
