import type { CallPipeline } from '../call/pipeline.ts'
import { chunksWithin } from '../chunks.ts'
import { EasemobError } from '../errors.ts'
import { segment } from '../http/path.ts'
import { asId, isObject, isYes } from '../http/read.ts'
import type { CallOptions } from '../options.ts'
import { OPERATIONS } from '../vendor/operations.ts'
import { attributeFailure } from './attribute-failure.ts'
import { sendableNames } from './sendable-names.ts'
import type { RemovedMembers } from './types.ts'

/** The vendor's limit per call. */
const NAMES_A_CALL = 60
/** The vendor's limit on the length of a URL, scheme and host included. */
const URL_CHARACTERS = 4_096

type Results = Map<string, string | true>

/** Implements `groups.members.remove`. The calls follow one another, since all change the same group. */
export async function removeMembers(
  pipeline: CallPipeline,
  groupId: string,
  usernames: readonly string[],
  options?: CallOptions,
): Promise<RemovedMembers> {
  const operation = OPERATIONS.removeMembers
  const path = `${pipeline.settings.root}/chatgroups/${segment(groupId, operation.name)}/users/`
  const outcome: RemovedMembers = { removed: [], absent: [], refused: [], lost: [] }
  const remove = async (names: readonly string[]): Promise<void> => {
    try {
      const results = await pipeline.call(
        operation,
        { path: path + names.join(','), read: readResults },
        options,
      )
      for (const name of names) sort(name, results.get(name.toLowerCase()), outcome)
    } catch (error) {
      if (saysNoneIsMember(error, names)) outcome.absent.push(...names)
      else await attributeFailure(names, error, outcome, remove)
    }
  }
  const maxLength = URL_CHARACTERS - pipeline.settings.origin.length - path.length
  const names = sendableNames(usernames, outcome.refused)
  for (const part of chunksWithin(names, NAMES_A_CALL, maxLength, name => name.length)) await remove(part)
  return outcome
}

/** The vendor answers "are not members" only when none of the names is one. An unknown user, sent alone, is no member either. */
function saysNoneIsMember(error: unknown, names: readonly string[]): boolean {
  if (!(error instanceof EasemobError) || error.code !== 'not_found') return false
  return error.subject === 'member' || (error.subject === 'user' && names.length === 1)
}

function sort(username: string, result: string | true | undefined, outcome: RemovedMembers): void {
  if (result === true) outcome.removed.push(username)
  else if (result === undefined || /doesn't exist|not (a )?member/.test(result)) outcome.absent.push(username)
  else outcome.refused.push({ username, reason: result, code: 'forbidden' })
}

/** The result of each name. The vendor answers a call of one name with an object, a call of several with an array. */
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
