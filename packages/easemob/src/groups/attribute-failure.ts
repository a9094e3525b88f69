import { EasemobError, type EasemobErrorCode } from '../errors.ts'
import type { Lost, Refused } from '../users/types.ts'

/** Where the names of a failed call are put: refused by the vendor, or lost because the call itself failed. */
export type FailedNames = { refused: Refused[]; lost: Lost[] }

/** Subjects of an error that concern one of the names sent, not the group. */
const SUBJECTS_OF_A_NAME: ReadonlySet<string> = new Set(['user', 'member', 'owner'])

/** Codes after which a later try may succeed: the names are lost, not refused. */
const TEMPORARY: ReadonlySet<EasemobErrorCode> = new Set([
  ...(['rate_limited', 'unavailable', 'timeout', 'malformed', 'not_sent', 'circuit_open'] as const),
  ...(['aborted', 'deadline', 'conflict', 'unauthorized'] as const),
])

/**
 * Finds out which of `names` made a call fail, and puts it into `outcome.refused`. The vendor refuses the whole call because of one name: when it
 * says which one, the other names are sent again through `retry`; when it does not, each half is sent alone until the name is found.
 * After a temporary failure all names are put into `outcome.lost`. Throws errors that concern no name, such as an unknown group.
 */
export async function attributeFailure(
  names: readonly string[],
  error: unknown,
  outcome: FailedNames,
  retry: (names: readonly string[]) => Promise<void>,
): Promise<void> {
  if (!(error instanceof EasemobError)) throw error
  if (TEMPORARY.has(error.code)) {
    for (const username of names) outcome.lost.push({ username, error })
    return
  }
  if (error.code === 'full') return refuse(names, error, outcome)
  if (error.subject === undefined || !SUBJECTS_OF_A_NAME.has(error.subject)) throw error
  const folded = error.subjectName?.toLowerCase()
  const named = names.filter(name => name.toLowerCase() === folded)
  if (named.length > 0 || names.length === 1) {
    refuse(named.length > 0 ? named : names, error, outcome)
    const others = names.filter(name => !named.includes(name))
    if (names.length > 1 && others.length > 0) await retry(others)
    return
  }
  const middle = Math.ceil(names.length / 2)
  await retry(names.slice(0, middle))
  await retry(names.slice(middle))
}

function refuse(names: readonly string[], error: EasemobError, outcome: FailedNames): void {
  const reason = error.description ?? error.message
  for (const username of names) outcome.refused.push({ username, reason, code: error.code })
}
