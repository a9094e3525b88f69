import { EasemobError, type EasemobErrorCode } from '../errors.ts'
import type { Lost, Refused } from '../users/types.ts'

/** What one call of names brought: some are settled by it, the others failed with `error`. */
export type NamesOutcome = { refused: Refused[]; lost: Lost[] }

/** Errors that are about one name among those sent. */
const ABOUT_A_NAME: ReadonlySet<string> = new Set(['user', 'member', 'owner'])

/** Errors after which trying again makes sense: the names are lost, not refused. */
const PASSING: ReadonlySet<EasemobErrorCode> = new Set([
  ...(['rate_limited', 'unavailable', 'timeout', 'malformed', 'not_sent', 'circuit_open'] as const),
  ...(['aborted', 'deadline', 'conflict', 'unauthorized'] as const),
])

/**
 * A call of several names failed: refuses the one the vendor names and tries the others again; where it names none, halves find it.
 * Throws what is about no name at all, such as an unknown group.
 */
export async function settleNames(
  names: readonly string[],
  error: unknown,
  outcome: NamesOutcome,
  again: (names: readonly string[]) => Promise<void>,
): Promise<void> {
  if (!(error instanceof EasemobError)) throw error
  if (PASSING.has(error.code)) {
    for (const username of names) outcome.lost.push({ username, error })
    return
  }
  if (error.code === 'full') return refuse(names, error, outcome)
  if (error.subject === undefined || !ABOUT_A_NAME.has(error.subject)) throw error
  const folded = error.subjectName?.toLowerCase()
  const named = names.filter(name => name.toLowerCase() === folded)
  if (named.length > 0 || names.length === 1) {
    refuse(named.length > 0 ? named : names, error, outcome)
    const others = names.filter(name => !named.includes(name))
    if (names.length > 1 && others.length > 0) await again(others)
    return
  }
  const middle = Math.ceil(names.length / 2)
  await again(names.slice(0, middle))
  await again(names.slice(middle))
}

function refuse(names: readonly string[], error: EasemobError, outcome: NamesOutcome): void {
  const reason = error.description ?? error.message
  for (const username of names) outcome.refused.push({ username, reason, code: error.code })
}

/** Each name once, folded as the vendor does; names that cannot stand in a call are refused at once. */
export function usableNames(usernames: readonly string[], outcome: NamesOutcome): string[] {
  const usable = new Map<string, string>()
  for (const username of usernames) {
    const folded = username.toLowerCase()
    if (usable.has(folded)) continue
    if (/^[A-Za-z0-9_.-]{1,64}$/.test(username) && username !== '.' && username !== '..')
      usable.set(folded, username)
    else
      outcome.refused.push({
        username,
        reason: 'the username must be 1 to 64 of a-z 0-9 _ - .',
        code: 'invalid',
      })
  }
  return [...usable.values()]
}
