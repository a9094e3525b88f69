import { wrongUsage } from '../failure.ts'
import type { Command } from './command.ts'
import { showRun } from './run-progress.ts'

/** `easemob accounts register-missing`: starts a run, or joins the one that is running, and follows it to its end. */
export async function registerMissing(command: Command): Promise<number> {
  const { session, words } = command
  if (words.length > 0)
    throw wrongUsage(
      `"${words[0]}" belongs to no flag`,
      'register-missing takes flags only',
      'Write easemob accounts register-missing.',
    )
  const { run } = await session.client.accounts.registerMissing
    .mutate({ wait: 0 })
    .catch((error: unknown) => {
      throw session.explain(error)
    })
  return showRun(command, {
    id: run.id,
    intro: `Run ${run.id}: ${run.total} users to register`,
    resume: 'easemob accounts register-missing',
  })
}
