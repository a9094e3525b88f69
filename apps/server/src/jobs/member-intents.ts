import { GatewayError } from '@easemob-gateway/contracts'
import { EasemobError, type Lost, type Refused } from '@easemob-gateway/easemob'
import { z } from 'zod'
import { membersJoined, membersLeft } from '../operations/notice-texts.ts'
import type { IntentKind } from './intents.ts'
import type { Notices } from './notices.ts'

const memberChange = z.object({
  groupId: z.string(),
  by: z.string(),
  /** Only those the change is about: who is in already, or out already, is left out before. */
  people: z.array(z.object({ id: z.string(), name: z.string() })),
})
export type MemberChange = z.infer<typeof memberChange>

/**
 * New members. Who was added before a crash is "already in" for the repeat; the notice names everyone all the same,
 * since nobody named here was in before the intent. When the vendor has no room after all (someone joined by another
 * way meanwhile), everyone named is taken out again, so that nobody is added, and the intent ends.
 */
export function addMembers(notices: Notices): IntentKind<MemberChange, void> {
  return {
    name: 'members.add',
    payload: memberChange,
    async perform({ vendor, groupReader }, { groupId, people }) {
      const ids = people.map(({ id }) => id)
      const { refused, lost } = await vendor.groups.members.add(groupId, ids)
      groupReader.forget(groupId)
      if (refused.some(({ code }) => code === 'full')) {
        await vendor.groups.members.remove(groupId, ids)
        throw new GatewayError('GROUP_FULL', { values: { room: 0 } })
      }
      throwFirst(refused, lost)
    },
    complete: (tx, { groupId, by, people }) => notices.send(tx, membersJoined(groupId, by, people)),
  }
}

/** Members that leave. Who is out already is a success at the vendor's side, so a repeat after a crash ends well. */
export function removeMembers(notices: Notices): IntentKind<MemberChange, void> {
  return {
    name: 'members.remove',
    payload: memberChange,
    async perform({ vendor, groupReader }, { groupId, people }) {
      const { refused, lost } = await vendor.groups.members.remove(
        groupId,
        people.map(({ id }) => id),
      )
      groupReader.forget(groupId)
      throwFirst(refused, lost)
    },
    complete: (tx, { groupId, by, people }) => notices.send(tx, membersLeft(groupId, by, people)),
  }
}

function throwFirst([refusal]: readonly Refused[], [loss]: readonly Lost[]): void {
  if (loss) throw loss.error
  if (!refusal) return
  throw new EasemobError(`The vendor refused ${refusal.username}: ${refusal.reason}`, {
    code: refusal.code,
    operation: 'groups.members',
  })
}
