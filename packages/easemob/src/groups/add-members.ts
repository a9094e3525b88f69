import type { Caller } from '../call/caller.ts'
import { EasemobError } from '../errors.ts'
import { segment } from '../http/path.ts'
import { asId, isObject, listOf } from '../http/read.ts'
import type { CallOptions } from '../options.ts'
import { OPERATIONS } from '../vendor/operations.ts'
import { chunks } from './chunks.ts'
import { settleNames, usableNames } from './settle-names.ts'
import type { AddedMembers } from './types.ts'

/** The vendor's most in one call. */
const NAMES_A_CALL = 60

/** Adds any number of users, one call after the other: they all change one group. */
export async function addMembers(
  caller: Caller,
  groupId: string,
  usernames: readonly string[],
  options?: CallOptions,
): Promise<AddedMembers> {
  const operation = OPERATIONS.addMembers
  const path = `${caller.settings.root}/chatgroups/${segment(groupId, operation.name)}/users`
  const outcome: AddedMembers = { added: [], already: [], refused: [], lost: [] }
  const add = async (names: readonly string[]): Promise<void> => {
    try {
      const added = await caller.call(operation, { path, body: { usernames: names }, read: readNew }, options)
      for (const name of names) (added.has(name.toLowerCase()) ? outcome.added : outcome.already).push(name)
    } catch (error) {
      if (allIn(error)) outcome.already.push(...names)
      else await settleNames(names, error, outcome, add)
    }
  }
  for (const names of chunks(usableNames(usernames, outcome), NAMES_A_CALL)) await add(names)
  return outcome
}

/** Said only when every name of the call is in the group. */
function allIn(error: unknown): boolean {
  return error instanceof EasemobError && error.code === 'already_exists' && error.subject === 'member'
}

/** The call of one name answers `result` and `user`, that of several `newmembers`. */
function readNew(json: unknown): Set<string> | undefined {
  if (!isObject(json) || !isObject(json['data'])) return undefined
  const { data } = json
  const user = asId(data['user'])
  if (!Array.isArray(data['newmembers']) && user === undefined) return undefined
  const names = [...listOf(data, 'newmembers').map(asId), user]
  return new Set(names.flatMap(name => name?.toLowerCase() ?? []))
}
