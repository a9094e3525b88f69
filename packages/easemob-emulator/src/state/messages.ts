import type { MessageRecord } from './records.ts'

const MESSAGES_KEPT = 10_000
/** A message to 600 weighs as much as 600 to one. */
const RECIPIENTS_KEPT = 200_000

/** The newest messages, 10,000 at most and fewer where they go to many, and the number of all. */
export class Messages {
  #kept: MessageRecord[] = []
  #oldest = 0
  #recipients = 0
  #total = 0

  /** all that ever came */
  get total(): number {
    return this.#total
  }

  get size(): number {
    return this.#kept.length - this.#oldest
  }

  add(message: MessageRecord): void {
    this.#kept.push(message)
    this.#total++
    this.#recipients += message.recipients.length
    while (this.size > MESSAGES_KEPT || (this.#recipients > RECIPIENTS_KEPT && this.size > 1)) this.#drop()
    if (this.#oldest > MESSAGES_KEPT) {
      this.#kept = this.list()
      this.#oldest = 0
    }
  }

  /** Oldest first. */
  list(): MessageRecord[] {
    return this.#kept.slice(this.#oldest)
  }

  clear(): void {
    this.#kept = []
    this.#oldest = 0
    this.#recipients = 0
    this.#total = 0
  }

  #drop(): void {
    this.#recipients -= this.#kept[this.#oldest]?.recipients.length ?? 0
    this.#oldest++
  }
}
