import { type Access, GatewayError } from '@easemob-gateway/contracts'
import { z } from 'zod'
import type { Group } from '../groups/reader.ts'
import { isMember, maySee, owns } from '../groups/rules.ts'
import type { Context, Grants } from '../request.ts'

/** What a rule may hand to the operation. */
export type Grant = Partial<Grants['group.see'] & Grants['group.own']>

type Rule = (context: Context, input: unknown) => Promise<Grant> | Grant

const aboutUser = z.object({ user_id: z.string() })
const aboutGroups = z.object({ im_group_id: z.array(z.string()) })
const aboutGroup = z.object({ im_group_id: z.string() })
const aboutMembers = z.object({ members: z.array(z.string()) })

/**
 * Every rule of the contract, in one place for every face. What may not be seen answers as what does not exist; what may
 * be seen and not changed is FORBIDDEN.
 */
const rules: Readonly<Record<Access, Rule>> = {
  user: () => ({}),
  self({ actor }) {
    if (!actor.known) throw new GatewayError('USER_NOT_FOUND', { values: { users: actor.id } })
    return {}
  },
  user_id({ actor }, input) {
    if (!actor.admin && aboutUser.parse(input).user_id !== actor.id) throw new GatewayError('FORBIDDEN')
    return {}
  },
  admin({ actor }) {
    if (!actor.admin) throw new GatewayError('FORBIDDEN')
    return {}
  },
  async 'group.see'({ actor, groupReader }, input) {
    const ids = aboutGroups.parse(input).im_group_id
    const kept = new Map((await groupReader.read(ids, false)).map(group => [group.id, group]))
    // A cached answer may show a public group; whether a private one may be seen is never decided on it. One that is not
    // there takes the same way as one that may not be seen, so that the time to answer does not tell them apart.
    const doubtful = actor.admin ? [] : ids.filter(id => !kept.get(id)?.public)
    const fresh = new Map((await groupReader.read(doubtful, true)).map(group => [group.id, group]))
    const doubted = new Set(doubtful)
    const groups = ids
      .flatMap(id => (doubted.has(id) ? fresh : kept).get(id) ?? [])
      .filter(group => maySee(actor, group))
    if (groups.length === 0) throw new GatewayError('GROUP_NOT_FOUND')
    return { groups }
  },
  async 'group.own'(context, input) {
    const group = await visibleGroup(context, input)
    if (!owns(context.actor, group)) throw new GatewayError('FORBIDDEN')
    return { group }
  },
  async 'group.invite'(context, input) {
    const group = await visibleGroup(context, input)
    const allowed = owns(context.actor, group) || (isMember(group, context.actor.id) && mayInvite(group))
    if (!allowed) throw new GatewayError('FORBIDDEN')
    return { group }
  },
  async 'group.remove'(context, input) {
    const group = await visibleGroup(context, input)
    const { members } = aboutMembers.parse(input)
    const leaving = members.every(id => id === context.actor.id)
    if (!owns(context.actor, group) && !leaving) throw new GatewayError('FORBIDDEN')
    return { group }
  },
}

/**
 * Whether the actor may do this, and what the operation gets for it.
 * @throws GatewayError FORBIDDEN, GROUP_NOT_FOUND, USER_NOT_FOUND
 */
export async function guard(context: Context, access: Access, input: unknown): Promise<Grant> {
  return rules[access](context, input)
}

async function visibleGroup({ actor, groupReader }: Context, input: unknown): Promise<Group> {
  const [group] = await groupReader.read([aboutGroup.parse(input).im_group_id], true)
  if (!group || !maySee(actor, group)) throw new GatewayError('GROUP_NOT_FOUND')
  return group
}

/** Our own rule where we made the group: the vendor forces false on public ones. */
function mayInvite({ own, allowInvites }: Group): boolean {
  return own?.allowInvites ?? allowInvites
}
