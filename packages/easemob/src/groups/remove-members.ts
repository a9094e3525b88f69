import type { Caller } from '../call/caller.ts'
import { EasemobError } from '../errors.ts'
import { segment } from '../http/path.ts'
import { asId, isObject, isYes } from '../http/read.ts'
import type { CallOptions } from '../options.ts'
import { OPERATIONS } from '../vendor/operations.ts'
import { chunksWithin } from './chunks.ts'
import { settleNames, usableNames } from './settle-names.ts'
import type { RemovedMembers } from './types.ts'

/** The vendor's most in one call. */
const NAMES_A_CALL = 60
/** The vendor's most in one URL, scheme and host included. */
const URL_CHARACTERS = 4_096

type Results = Map<string, string | true>

/** Removes any number of members, one call after the other: they all change one group. */
export async function removeMembers(
  caller: Caller,
  groupId: string,
  usernames: readonly string[],
  options?: CallOptions,
): Promise<RemovedMembers> {
  const operation = OPERATIONS.removeMembers
  const path = `${caller.settings.root}/chatgroups/${segment(groupId, operation.name)}/users/`
  const outcome: RemovedMembers = { removed: [], absent: [], refused: [], lost: [] }
  const remove = async (names: readonly string[]): Promise<void> => {
    try {
      const results = await caller.call(
        operation,
        { path: path + names.join(','), read: readResults },
        options,
      )
      for (const name of names) sort(name, results.get(name.toLowerCase()), outcome)
    } catch (error) {
      if (noneIn(error, names)) outcome.absent.push(...names)
      else await settleNames(names, error, outcome, remove)
    }
  }
  const budget = URL_CHARACTERS - caller.settings.origin.length - path.length
  const names = usableNames(usernames, outcome)
  for (const part of chunksWithin(names, NAMES_A_CALL, budget, name => name.length)) await remove(part)
  return outcome
}

/** "Are not members" is said when none of the names is; an unknown user is none either, when asked for alone. */
function noneIn(error: unknown, names: readonly string[]): boolean {
  if (!(error instanceof EasemobError) || error.code !== 'not_found') return false
  return error.subject === 'member' || (error.subject === 'user' && names.length === 1)
}

function sort(username: string, result: string | true | undefined, outcome: RemovedMembers): void {
  if (result === true) outcome.removed.push(username)
  else if (result === undefined || /doesn't exist|not (a )?member/.test(result)) outcome.absent.push(username)
  else outcome.refused.push({ username, reason: result, code: 'forbidden' })
}

/** One name answers an object, several an array. */
function readResults(json: unknown): Results | undefined {
  if (!isObject(json)) return undefined
  const { data } = json
  if (!isObject(data) && !Array.isArray(data)) return undefined
  const results: Results = new Map()
  for (const row of Array.isArray(data) ? data : [data]) {
    const user = isObject(row) ? asId(row['user']) : undefined
    if (!isObject(row) || user === undefined) continue
    results.set(user.toLowerCase(), isYes(row['result']) || String(row['reason'] ?? 'no reason given'))
  }
  return results
}
