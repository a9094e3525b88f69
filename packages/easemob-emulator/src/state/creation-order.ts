/** Anything that was created at a place in time; `seq` only ever grows. */
export interface Sequenced {
  readonly seq: number
}

/**
 * Items in the order of their creation, so that a cursor (the `seq` of the last item seen) stays valid while
 * items before and after it come and go. Removal leaves a hole; holes are swept when they outnumber the items.
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

  /** Puts another object in the place of the one with the same `seq`. */
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
    if (this.#items.length > 1024 && this.#live * 2 < this.#items.length) this.#sweep()
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

  #sweep(): void {
    this.#items = this.#items.filter(item => item !== undefined)
    this.#seqs = this.#items.map(item => item?.seq ?? 0)
    this.#head = 0
  }
}
