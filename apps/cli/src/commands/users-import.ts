import { withRetries } from '../connection/retry.ts'
import { CliFailure, exitCode, wrongUsage } from '../failure.ts'
import { type Batch, batches } from '../import/batches.ts'
import { openPeople, type PeopleFile } from '../import/open-file.ts'
import { Rejects } from '../import/rejects.ts'
import { idOf } from '../import/source.ts'
import { upload } from '../import/upload.ts'
import { interruption } from '../io.ts'
import { printable } from '../output/printable.ts'
import { openProgress, type Progress } from '../output/progress.ts'
import type { Command } from './command.ts'

const resume = 'Run the same command again: it only updates the rows that are already imported.'
const maxShown = 20

/** `easemob users import FILE`: streams a file of any size to the gateway in batches. */
export async function importFile(command: Command): Promise<number> {
  const { io, values } = command
  const concurrency = readConcurrency(values['concurrency'])
  const file = await openPeople(fileName(command), values['format'], io)
  const rejects = await Rejects.open(typeof values['rejects'] === 'string' ? values['rejects'] : undefined)
  const progress = await openProgress(
    io,
    '{bar} {percentage}% · {rows} rows · {refused} refused · {eta_formatted} left',
  )
  using interrupted = interruption()
  const startedAt = performance.now()
  const tally = { imported: 0, hasAnswered: false }
  try {
    await upload(
      batches(file.rows, bad => rejects.add(bad)),
      batch => sendBatch(command, batch, { tally, rejects, progress, file }),
      { concurrency, signal: interrupted.signal },
    )
  } catch (error) {
    throw stopped(command.session.explain(error), tally.imported)
  } finally {
    progress.stop()
    await rejects.close()
  }
  const seconds = (performance.now() - startedAt) / 1000
  report(command, { imported: tally.imported, rejects, seconds })
  if (interrupted.signal.aborted) {
    io.err(`Stopped. ${resume}\n`)
    return exitCode.interrupted
  }
  return rejects.count > 0 ? exitCode.refused : exitCode.done
}

/** The state that the batches of one import share. */
interface Import {
  readonly tally: { imported: number; hasAnswered: boolean }
  readonly rejects: Rejects
  readonly progress: Progress
  readonly file: PeopleFile
}

async function sendBatch({ session }: Command, { rows }: Batch, state: Import): Promise<void> {
  const { tally, rejects, progress, file } = state
  const answer = await withRetries(() => session.importUsers(rows.map(({ row }) => row)), {
    hasAnswered: () => tally.hasAnswered,
  })
  tally.hasAnswered = true
  tally.imported += answer.imported
  for (const { row: at, id, reason } of answer.failed) {
    const found = rows[at]
    if (found) await rejects.add({ line: found.line, id: id ?? idOf(found.row), reason, row: found.row })
  }
  const total = file.size ?? file.read()
  progress.update(file.read(), total, { rows: tally.imported + rejects.count, refused: rejects.count })
}

function report(
  { values, io }: Command,
  { imported, rejects, seconds }: { imported: number; rejects: Rejects; seconds: number },
): void {
  const rows = imported + rejects.count
  const pace = Math.round(rows / Math.max(seconds, 0.001))
  const first = rejects.first
  for (const { line, id, reason } of first.slice(0, maxShown))
    io.err(printable(`line ${line}${id === null ? '' : ` (id ${id})`}: ${reason}`).concat('\n'))
  if (rejects.count > maxShown)
    io.err(`… and ${rejects.count - maxShown} more; --rejects FILE writes all of them\n`)
  if (values['json'] === true) {
    const failed = first.map(({ line, id, reason }) => ({ line, id, reason }))
    io.out(
      `${JSON.stringify({ rows, imported, refused: rejects.count, seconds, rows_per_second: pace, failed })}\n`,
    )
  } else
    io.out(
      `Imported ${imported} of ${rows} rows in ${seconds.toFixed(1)} s (${pace} rows/s); ${rejects.count} refused.\n`,
    )
}

function stopped(error: Error, imported: number): Error {
  if (!(error instanceof CliFailure)) return error
  const { what, next, ...rest } = error.report
  return new CliFailure({
    ...rest,
    what: `${what}; imported ${imported} rows before`,
    next: imported > 0 ? `${next} ${resume}` : next,
  })
}

function fileName({ words }: Command): string {
  const [name, ...more] = words
  if (name !== undefined && more.length === 0) return name
  throw wrongUsage(
    'users import takes one file',
    `${words.length} were named`,
    'Write easemob users import people.ndjson, or - for stdin.',
  )
}

function readConcurrency(value: unknown): number {
  if (value === undefined) return 4
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 16) return value
  throw wrongUsage('--concurrency cannot be read', 'it is a whole number from 1 to 16', 'Leave it out for 4.')
}
