import { exitCode } from '../failure.ts'
import { interruption } from '../io.ts'
import { openProgress } from '../output/progress.ts'
import { writeResult } from '../output/write-result.ts'
import type { Command } from './command.ts'
import { followRun, type Run } from './follow-run.ts'

const format = '{bar} {value}/{total} users · {pace}/s · {failed} failed · {left} left'

/** The run to show, and how. */
export interface ShownRun {
  readonly id: string
  /** A line to print first, on stderr. */
  readonly intro?: string
  /** The command that follows the same run again. */
  readonly resume: string
  /** Called with every change; where it is given, the final run is not printed. */
  readonly onChange?: (run: Run) => void
}

/**
 * Follows a run with a progress bar and prints how it ended.
 * @returns the exit code
 */
export async function showRun(command: Command, shown: ShownRun): Promise<number> {
  const { session, io, values } = command
  const { id, intro, resume, onChange } = shown
  // Before the first line is printed: a Ctrl-C from then on must explain itself.
  using interrupted = interruption()
  if (intro !== undefined) io.err(`${intro}\n`)
  const progress = await openProgress(io, format)
  let run: Run
  try {
    run = await followRun({
      session,
      id,
      signal: interrupted.signal,
      onChange: now => {
        onChange?.(now)
        progress.update(now.done + now.failed, now.total, {
          pace: now.users_per_second,
          failed: now.failed,
          left: timeLeft(now),
        })
      },
    })
  } catch (error) {
    throw session.explain(error)
  } finally {
    progress.stop()
  }
  if (interrupted.signal.aborted && run.state === 'running') {
    io.err(
      `Run ${id} continues without you. Watch it again: ${resume}\nStop it: easemob runs cancel --id ${id}\n`,
    )
    return exitCode.interrupted
  }
  if (!onChange) await writeResult(run, values, io)
  return run.state === 'done' && run.failed === 0 ? exitCode.done : exitCode.refused
}

/** The time that the rest of the run takes at the present pace, such as `2m05s`; `?` where nothing is registered now. */
export function timeLeft({ total, done, failed, users_per_second: pace }: Run): string {
  if (pace <= 0) return '?'
  const seconds = Math.ceil(Math.max(0, total - done - failed) / pace)
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? `${seconds}s` : `${minutes}m${String(seconds % 60).padStart(2, '0')}s`
}
