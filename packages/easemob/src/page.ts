import { EasemobError } from './errors.ts'

/**
 * One page of a list of the vendor.
 * @example const { items, cursor }: Page<EasemobUser> = await easemob.users.list({ limit: 20 })
 */
export type Page<T> = {
  items: T[]
  /** Pass it as `cursor` to read the next page; null on the last page. */
  cursor: string | null
}

/** Fetches the page at the cursor; without a cursor, the first page. */
type FetchPage<T> = (cursor: string | undefined) => Promise<Page<T>>

/**
 * A list of the vendor that fetches pages as they are needed; the first request is made when the list is used.
 * - `await list` fetches the one page at the cursor
 * - `for await (const item of list)` yields all items from the cursor to the end
 * - `list.pages()` yields them page by page
 *
 * Every use fetches anew. Throws {@link EasemobError}.
 *
 * @example
 * for await (const page of easemob.users.list().pages()) await save(page.items)
 */
export class PageRequest<T> implements PromiseLike<Page<T>>, AsyncIterable<T> {
  readonly #operation: string
  readonly #cursor: string | undefined
  readonly #fetch: FetchPage<T>

  constructor(operation: string, cursor: string | undefined, fetch: FetchPage<T>) {
    this.#operation = operation
    this.#cursor = cursor
    this.#fetch = fetch
  }

  /** All pages from the cursor on. Throws `malformed` when the vendor returns the same cursor twice in a row, which would never end. */
  async *pages(): AsyncGenerator<Page<T>, void, undefined> {
    let cursor = this.#cursor
    for (;;) {
      const page = await this.#fetch(cursor)
      if (page.cursor !== null && page.cursor === cursor) {
        throw new EasemobError(
          `${this.#operation}: the vendor answered the same cursor twice; the list cannot be read on.`,
          {
            code: 'malformed',
            operation: this.#operation,
          },
        )
      }
      yield page
      if (page.cursor === null) return
      cursor = page.cursor
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    for await (const page of this.pages()) yield* page.items
  }

  // biome-ignore lint/suspicious/noThenProperty: a list is awaitable for its first page, and lazy, which a Promise is not
  then<A = Page<T>, B = never>(
    onFulfilled?: ((page: Page<T>) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#fetch(this.#cursor).then(onFulfilled, onRejected)
  }
}
