import { type Access, GatewayError } from '@easemob-gateway/contracts'
import { z } from 'zod'
import type { Group, GroupReader } from '../groups/reader.ts'
import { allowsInvites, type GroupGrants, isMember, maySee, owns } from '../groups/rules.ts'
import type { Actor } from '../request.ts'

/** What an access rule may pass to the handler. */
export type Grant = Partial<GroupGrants['group.see'] & GroupGrants['group.own']>

/**
 * Checks whether an actor may call an operation with an input, and returns what its rule has read.
 * @throws GatewayError FORBIDDEN, GROUP_NOT_FOUND, USER_NOT_FOUND
 */
export type Guard = (actor: Actor, access: Access, input: unknown) => Promise<Grant>

type Rule = (actor: Actor, input: unknown) => Promise<Grant> | Grant

const aboutUser = z.object({ user_id: z.string() })
const aboutGroups = z.object({ im_group_id: z.array(z.string()) })
const aboutGroup = z.object({ im_group_id: z.string() })
const aboutMembers = z.object({ members: z.array(z.string()) })

/**
 * Makes the guard, with the access rules of the contract. A group that the actor may not see is answered like one that
 * does not exist; one that the actor may see but not change is FORBIDDEN.
 */
export function createGuard(groupReader: GroupReader): Guard {
  async function visibleGroup(actor: Actor, input: unknown): Promise<Group> {
    const [group] = await groupReader.read([aboutGroup.parse(input).im_group_id], 0)
    if (!group || !maySee(actor, group)) throw new GatewayError('GROUP_NOT_FOUND')
    return group
  }

  const rules: Readonly<Record<Access, Rule>> = {
    user: () => ({}),
    self(actor) {
      if (!actor.known) throw new GatewayError('USER_NOT_FOUND', { values: { users: actor.id } })
      return {}
    },
    user_id(actor, input) {
      if (!actor.admin && aboutUser.parse(input).user_id !== actor.id) throw new GatewayError('FORBIDDEN')
      return {}
    },
    admin(actor) {
      if (!actor.admin) throw new GatewayError('FORBIDDEN')
      return {}
    },
    async 'group.see'(actor, input) {
      const ids = aboutGroups.parse(input).im_group_id
      const cached = new Map((await groupReader.read(ids)).map(group => [group.id, group]))
      // A cached group may be shown if it is public; access to a private one is decided on a new read. An unknown id is read
      // again, too, so that the response time does not reveal whether a group exists.
      const doubtful = actor.admin ? [] : ids.filter(id => !cached.get(id)?.public)
      const fresh = new Map((await groupReader.read(doubtful, 0)).map(group => [group.id, group]))
      const doubted = new Set(doubtful)
      const groups = ids
        .flatMap(id => (doubted.has(id) ? fresh : cached).get(id) ?? [])
        .filter(group => maySee(actor, group))
      if (groups.length === 0) throw new GatewayError('GROUP_NOT_FOUND')
      return { groups }
    },
    async 'group.own'(actor, input) {
      const group = await visibleGroup(actor, input)
      if (!owns(actor, group)) throw new GatewayError('FORBIDDEN')
      return { group }
    },
    async 'group.invite'(actor, input) {
      const group = await visibleGroup(actor, input)
      const allowed = owns(actor, group) || (isMember(group, actor.id) && allowsInvites(group))
      if (!allowed) throw new GatewayError('FORBIDDEN')
      return { group }
    },
    async 'group.remove'(actor, input) {
      const group = await visibleGroup(actor, input)
      const { members } = aboutMembers.parse(input)
      const leaving = members.every(id => id === actor.id)
      if (!owns(actor, group) && !leaving) throw new GatewayError('FORBIDDEN')
      return { group }
    },
  }
  return async (actor, access, input) => rules[access](actor, input)
}
