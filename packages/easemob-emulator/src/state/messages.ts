import type { MessageRecord } from './records.ts'

const MAX_MESSAGES = 10_000
/** Limits memory when messages have many recipients. */
const MAX_RECIPIENTS = 200_000

/** Keeps the newest messages, up to 10,000 and up to 200,000 recipients in total, and counts all. */
export class Messages {
  #kept: MessageRecord[] = []
  #oldest = 0
  #recipients = 0
  #total = 0

  /** number of all messages added since the start or the last reset */
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
    while (this.size > MAX_MESSAGES || (this.#recipients > MAX_RECIPIENTS && this.size > 1)) this.#drop()
    if (this.#oldest > MAX_MESSAGES) {
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
