import { wrongUsage } from '../failure.ts'
import type { Command } from './command.ts'
import { showRun } from './run-progress.ts'

/** `easemob runs watch`: shows the progress of a run as a bar, or with `--json` as a line for each change. */
export async function watchRun(command: Command): Promise<number> {
  const { values, words, io } = command
  const id = values['id']
  if (typeof id !== 'string' || words.length > 0)
    throw wrongUsage(
      'runs watch needs one run',
      '--id is missing or more words follow',
      'Write easemob runs watch --id 1.',
    )
  const resume = `easemob runs watch --id ${id}`
  if (values['json'] !== true) return showRun(command, { id, resume })
  return showRun(command, { id, resume, onChange: run => io.out(`${JSON.stringify(run)}\n`) })
}
