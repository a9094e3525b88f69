import { once } from 'node:events'
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { wrongUsage } from '../failure.ts'
import type { BadRow } from './source.ts'

const kept = 1000

/** Rows that were refused: counted, the first ones kept, all of them written to a file if one is named. */
export class Rejects {
  readonly #file: WriteStream | undefined
  readonly #first: BadRow[] = []
  #count = 0

  private constructor(file: WriteStream | undefined) {
    this.#file = file
  }

  /** @throws CliFailure (wrong usage) when the file cannot be written */
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
    // Told by close(); without a listener it would end the process.
    file.on('error', () => {})
    return new Rejects(file)
  }

  get count(): number {
    return this.#count
  }

  /** The first 1,000, by line. */
  get first(): readonly BadRow[] {
    return this.#first.toSorted((a, b) => a.line - b.line)
  }

  async add(bad: BadRow): Promise<void> {
    this.#count++
    if (this.#first.length < kept) this.#first.push(bad)
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
