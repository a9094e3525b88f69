import { GatewayError } from '@easemob-gateway/contracts'
import { type AddedMembers, type Easemob, EasemobError, type RemovedMembers } from '@easemob-gateway/easemob'
import { z } from 'zod'
import type { DurableWrite } from '../../durable/durable-write.ts'
import { inDoubt, mayHaveHappened } from '../../vendor/outcome.ts'
import { membersJoined, membersLeft } from '../notice-texts.ts'
import type { Notices } from '../notices.ts'

const memberChange = z.object({
  groupId: z.string(),
  by: z.string(),
  /** Only those the change is about: who is in already, or out already, is left out before. */
  people: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type MemberChange = z.infer<typeof memberChange>

type Outcome = Pick<AddedMembers | RemovedMembers, 'refused' | 'lost'>

/**
 * New members.
 *
 * - Dies before the vendor's calls: nobody is added, and recovery adds them.
 * - Dies between or after the calls, or an answer is lost: some are added, and are in already for the repeat.
 * - The notice is enqueued in the transaction that ends the intent, so once, and names everyone all the same, since
 *   nobody named here was in before the intent.
 * - The vendor refuses one of them (no room after all, since someone joined by another way meanwhile): everyone named is
 *   taken out again, so that nobody is added, and the intent ends.
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
    complete: (tx, { groupId, by, people }) => notices.send(tx, membersJoined(groupId, by, people)),
    forget: ({ groupId }) => forgetGroup(groupId),
  }
}

/**
 * Members that leave. A crash before the vendor's calls has removed nobody, one between or after them some or all; who is
 * out already is a success for the repeat. The notice is enqueued in the transaction that ends the intent, so once.
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
    complete: (tx, { groupId, by, people }) => notices.send(tx, membersLeft(groupId, by, people)),
    forget: ({ groupId }) => forgetGroup(groupId),
  }
}

/** Until this is done the addition is in doubt: the repeat finds no room again, and comes back here. */
async function takeBack({ groups }: Easemob, groupId: string, ids: readonly string[]): Promise<void> {
  const { lost } = await groups.members.remove(groupId, ids)
  throwLost({ refused: [], lost }, Number.POSITIVE_INFINITY)
}

/** @param asked how many names the call was about; where only some were lost, the others have been changed */
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
