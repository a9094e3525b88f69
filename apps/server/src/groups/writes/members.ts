import { GatewayError } from '@easemob-gateway/contracts'
import { type AddedMembers, type Easemob, EasemobError, type RemovedMembers } from '@easemob-gateway/easemob'
import { z } from 'zod'
import type { DurableWrite } from '../../durable/durable-write.ts'
import { inDoubt, mayHaveHappened } from '../../vendor/outcome.ts'
import { membersJoined, membersLeft } from '../notice-texts.ts'
import type { Notices } from '../notices.ts'
import { memberIds } from '../rules.ts'

const memberChange = z.object({
  groupId: z.string(),
  by: z.string(),
  /** Without those who are members already, or no longer: `prepare` has left them out. */
  people: z.array(z.object({ id: z.string(), name: z.string() })),
})
/** The payload of {@link addMembers} and {@link removeMembers}, as it is stored. */
export type MemberChange = z.infer<typeof memberChange>

type Outcome = Pick<AddedMembers | RemovedMembers, 'refused' | 'lost'>

/**
 * Adds members.
 *
 * - A crash before the vendor calls: nobody has been added, and recovery adds them.
 * - A crash between or after the calls, or a lost answer: some have been added. Recovery repeats the calls, for which a
 *   present member counts as added.
 * - The notice is enqueued once, in the transaction that deletes the intent. It names everyone in the payload, since none
 *   of them was a member before the intent.
 * - The vendor refuses one of them (someone else has taken the last place): everyone in the payload is removed again, so
 *   that nobody is added, and the intent is deleted.
 */
export function addMembers(
  notices: Notices,
  forgetGroup: (groupId: string) => void,
): DurableWrite<Easemob, MemberChange, void> {
  return {
    name: 'members.add',
    payload: memberChange,
    async perform(vendor, { groupId, people }) {
      const ids = people.map(({ id }) => id)
      const outcome = await vendor.groups.members.add(groupId, ids)
      throwLost(outcome, ids.length)
      if (outcome.refused.length > 0) await takeBack(vendor, groupId, ids)
      throwRefused(outcome)
    },
    async findOut(vendor, { groupId, people }) {
      const present = await membersOf(vendor, groupId)
      return people.every(({ id }) => present.has(id)) ? { result: undefined } : null
    },
    complete: (tx, { groupId, by, people }) => notices.send(tx, membersJoined(groupId, by, people)),
    forget: ({ groupId }) => forgetGroup(groupId),
  }
}

/**
 * Removes members. A crash before the vendor calls has removed nobody, one between or after them some or all; recovery
 * repeats the calls, for which an absent member counts as removed. The notice is enqueued once, in the transaction that
 * deletes the intent.
 */
export function removeMembers(
  notices: Notices,
  forgetGroup: (groupId: string) => void,
): DurableWrite<Easemob, MemberChange, void> {
  return {
    name: 'members.remove',
    payload: memberChange,
    async perform(vendor, { groupId, people }) {
      const ids = people.map(({ id }) => id)
      const outcome = await vendor.groups.members.remove(groupId, ids)
      throwLost(outcome, ids.length)
      throwRefused(outcome)
    },
    async findOut(vendor, { groupId, people }) {
      const present = await membersOf(vendor, groupId)
      return people.some(({ id }) => present.has(id)) ? null : { result: undefined }
    },
    complete: (tx, { groupId, by, people }) => notices.send(tx, membersLeft(groupId, by, people)),
    forget: ({ groupId }) => forgetGroup(groupId),
  }
}

/** Empty where the group is gone. */
async function membersOf(vendor: Easemob, groupId: string): Promise<Set<string>> {
  const [group] = await vendor.groups.get([groupId])
  return new Set(group ? memberIds(group) : [])
}

/** If this fails, the intent is retried: the vendor refuses the addition again, and this runs once more. */
async function takeBack({ groups }: Easemob, groupId: string, ids: readonly string[]): Promise<void> {
  const { lost } = await groups.members.remove(groupId, ids)
  throwLost({ refused: [], lost }, Number.POSITIVE_INFINITY)
}

/** @param asked how many people the call named; when only some were lost, the others have been changed */
function throwLost({ lost }: Outcome, asked: number): void {
  const loss = lost.find(({ error }) => mayHaveHappened(error)) ?? lost[0]
  if (loss) throw lost.length < asked ? inDoubt(loss.error) : loss.error
}

function throwRefused({ refused }: Outcome): void {
  const [refusal] = refused
  if (!refusal) return
  if (refused.some(({ code }) => code === 'full'))
    throw new GatewayError('GROUP_FULL', { values: { room: 0 } })
  throw new EasemobError(`The vendor refused ${refusal.username}: ${refusal.reason}`, {
    code: refusal.code,
    operation: 'groups.members',
  })
}
