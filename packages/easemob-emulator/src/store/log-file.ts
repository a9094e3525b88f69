import {
  closeSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import type { Change } from '../state/change.ts'
import { dump } from './dump.ts'
import { lock } from './lock.ts'
import { headerLine, replay } from './replay.ts'
import type { Log, Store } from './store.ts'

const BUFFER = 1024 * 1024
/** The file is rewritten when it has this many lines more than three times the lines that the state needs. */
const SLACK_LINES = 20_000

/**
 * The snapshot file: an append-only log of changes. All changes of one turn of the event loop are written at once, and answers wait for the write,
 * so an answered change is in the file even when the process is killed.
 */
export class LogFile implements Log {
  readonly #path: string
  readonly #appKey: string
  readonly #store: Store
  readonly #unlock: () => void
  #descriptor: number
  #bytes: number
  #lines: number
  #buffer = ''
  #buffered = 0
  #next: PromiseWithResolvers<void> | undefined

  /** Loads the state of the file into the store and appends every later change. @throws BadSnapshot */
  static open(path: string, appKey: string, store: Store): LogFile {
    mkdirSync(dirname(path), { recursive: true })
    const unlock = lock(path)
    try {
      const { bytes, lines } = replay(path, appKey, change => store.state.apply(change))
      const log = new LogFile(path, appKey, store, unlock, bytes, lines)
      store.record(log)
      return log
    } catch (error) {
      unlock()
      throw error
    }
  }

  private constructor(
    path: string,
    appKey: string,
    store: Store,
    unlock: () => void,
    bytes: number,
    lines: number,
  ) {
    this.#path = path
    this.#appKey = appKey
    this.#store = store
    this.#unlock = unlock
    this.#descriptor = openSync(path, 'a')
    this.#bytes = bytes
    this.#lines = lines
    if (bytes === 0) this.#write(headerLine(appKey))
    else if (this.#isMostlyHistory()) this.compact()
  }

  get pending(): boolean {
    return this.#buffered > 0
  }

  get bytes(): number {
    return this.#bytes
  }

  append(change: Change): void {
    this.#buffer += `${JSON.stringify(change)}\n`
    this.#buffered++
    if (this.#next !== undefined) return
    this.#next = Promise.withResolvers()
    // A failed write rejects for the answers that wait; when none does, the rejection must not end the process.
    this.#next.promise.catch(() => {})
    setImmediate(() => this.#flush())
  }

  written(): Promise<void> {
    return this.#next?.promise ?? Promise.resolve()
  }

  compact(): void {
    const temporary = `${this.#path}.new`
    rmSync(temporary, { force: true })
    const descriptor = openSync(temporary, 'a')
    let text = headerLine(this.#appKey)
    let bytes = 0
    let lines = 1
    for (const change of dump(this.#store.state)) {
      text += `${JSON.stringify(change)}\n`
      lines++
      if (text.length < BUFFER) continue
      bytes += writeAll(descriptor, text)
      text = ''
    }
    bytes += writeAll(descriptor, text)
    fsyncSync(descriptor)
    renameSync(temporary, this.#path)
    closeSync(this.#descriptor)
    this.#descriptor = descriptor
    this.#bytes = bytes
    this.#lines = lines
    this.#buffer = ''
    this.#buffered = 0
  }

  close(): void {
    if (this.pending) this.#flush()
    closeSync(this.#descriptor)
    this.#unlock()
  }

  #flush(): void {
    const waiting = this.#next
    this.#next = undefined
    try {
      this.#write(this.#buffer)
      this.#lines += this.#buffered
      this.#buffer = ''
      this.#buffered = 0
      if (this.#isMostlyHistory()) this.compact()
      waiting?.resolve()
    } catch (error) {
      // The buffer is kept and written with the next change.
      console.error(`emulator: cannot write ${this.#path}:`, error)
      waiting?.reject(error)
    }
  }

  #write(text: string): void {
    try {
      this.#bytes += writeAll(this.#descriptor, text)
    } catch (error) {
      ftruncateSync(this.#descriptor, this.#bytes)
      throw error
    }
  }

  #isMostlyHistory(): boolean {
    const { users, groups, messages } = this.#store.state
    const needed = users.size + 3 * groups.size + messages.size
    return this.#lines > 3 * needed + SLACK_LINES
  }
}

function writeAll(descriptor: number, text: string): number {
  const data = Buffer.from(text)
  for (let done = 0; done < data.length; ) done += writeSync(descriptor, data, done)
  return data.length
}
