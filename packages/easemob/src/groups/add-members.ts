import type { CallPipeline } from '../call/pipeline.ts'
import { chunks } from '../chunks.ts'
import { EasemobError } from '../errors.ts'
import { segment } from '../http/path.ts'
import { asId, isObject, listOf } from '../http/read.ts'
import type { CallOptions } from '../options.ts'
import { OPERATIONS } from '../vendor/operations.ts'
import { attributeFailure } from './attribute-failure.ts'
import { sendableNames } from './sendable-names.ts'
import type { AddedMembers } from './types.ts'

/** The vendor's limit per call. */
const NAMES_A_CALL = 60

/** Implements `groups.members.add`. The calls follow one another, since all change the same group. */
export async function addMembers(
  pipeline: CallPipeline,
  groupId: string,
  usernames: readonly string[],
  options?: CallOptions,
): Promise<AddedMembers> {
  const operation = OPERATIONS.addMembers
  const path = `${pipeline.settings.root}/chatgroups/${segment(groupId, operation.name)}/users`
  const outcome: AddedMembers = { added: [], already: [], refused: [], lost: [] }
  const add = async (names: readonly string[]): Promise<void> => {
    try {
      const added = await pipeline.call(
        operation,
        { path, body: { usernames: names }, read: readAdded },
        options,
      )
      for (const name of names) (added.has(name.toLowerCase()) ? outcome.added : outcome.already).push(name)
    } catch (error) {
      if (saysAllAreMembers(error)) outcome.already.push(...names)
      else await attributeFailure(names, error, outcome, add)
    }
  }
  for (const names of chunks(sendableNames(usernames, outcome.refused), NAMES_A_CALL)) await add(names)
  return outcome
}

/** The vendor refuses a call as "already in group" only when every name in it is a member. */
function saysAllAreMembers(error: unknown): boolean {
  return error instanceof EasemobError && error.code === 'already_exists' && error.subject === 'member'
}

/** The names that were added. The vendor answers a call of one name with `result` and `user`, a call of several with `newmembers`. */
function readAdded(json: unknown): Set<string> | undefined {
  if (!isObject(json) || !isObject(json['data'])) return undefined
  const { data } = json
  const user = asId(data['user'])
  if (!Array.isArray(data['newmembers']) && user === undefined) return undefined
  const names = [...listOf(data, 'newmembers').map(asId), user]
  return new Set(names.flatMap(name => name?.toLowerCase() ?? []))
}
