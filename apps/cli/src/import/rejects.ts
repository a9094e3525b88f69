import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { wrongUsage } from '../failure.ts'
import type { BadRow } from './source.ts'

const maxInMemory = 1000

/** The rows that were refused: all are counted and written to the file of `--rejects`, the first 1,000 stay in memory. */
export class Rejects {
  readonly #file: WriteStream | undefined
  readonly #first: BadRow[] = []
  #count = 0

  private constructor(file: WriteStream | undefined) {
    this.#file = file
  }

  /**
   * @param name - The file to write; undefined for none.
   * @throws CliFailure (wrong usage) for a file that cannot be written
   */
  static async open(name: string | undefined): Promise<Rejects> {
    if (name === undefined) return new Rejects(undefined)
    const file = createWriteStream(name)
    await once(file, 'open').catch((error: NodeJS.ErrnoException) => {
      throw wrongUsage(
        `cannot write ${name}`,
        error.code ?? error.message,
        'Name another file with --rejects.',
      )
    })
    // close() reports the error; without a listener it would end the process.
    file.on('error', () => {})
    return new Rejects(file)
  }

  get count(): number {
    return this.#count
  }

  /** The first 1,000, sorted by line. */
  get first(): readonly BadRow[] {
    return this.#first.toSorted((a, b) => a.line - b.line)
  }

  async add(bad: BadRow): Promise<void> {
    this.#count++
    if (this.#first.length < maxInMemory) this.#first.push(bad)
    const { line, id, reason, row } = bad
    if (this.#file && !this.#file.write(`${JSON.stringify({ line, id, reason, row })}\n`))
      await once(this.#file, 'drain')
  }

  async close(): Promise<void> {
    if (!this.#file) return
    this.#file.end()
    await finished(this.#file)
  }
}
