import { type Contract, GatewayError, type Handler } from '@easemob-gateway/contracts'
import { registerAll } from '../accounts/registration.ts'
import type { Context, Grants } from '../request.ts'
import { findPeople, nameAll } from '../users/people.ts'
import type { Group } from './reader.ts'
import { memberIds } from './rules.ts'
import { groupSubject } from './writes/create.ts'

/** The group as it is now, for the one writer who holds it. */
export async function currentGroup({ groupReader }: Context, groupId: string): Promise<Group> {
  const [group] = await groupReader.read([groupId], true)
  if (!group) throw new GatewayError('GROUP_NOT_FOUND')
  return group
}

/** Adds who is not in yet; all of them or, when there is no room, nobody. */
export const addMembers: Handler<Contract['groups']['addMembers'], Context, Grants> = async call => {
  const { input, actor, jobs } = call
  const people = await findPeople(call, input.members)
  const known = new Map(people.map(({ id, name }) => [id, { id, name }]))
  const unknown = input.members.filter(id => !known.has(id))
  if (unknown.length > 0) return call.fail('MEMBERS_NOT_FOUND', { values: { users: unknown.join(', ') } })
  await registerAll(call, people)
  await jobs.intents.run({
    kind: jobs.kinds.addMembers,
    subject: groupSubject(input.im_group_id),
    async prepare() {
      const group = await currentGroup(call, input.im_group_id)
      const present = new Set(memberIds(group))
      const joining = input.members.filter(id => !present.has(id)).flatMap(id => known.get(id) ?? [])
      const room = group.maxUsers - group.affiliationsCount
      if (joining.length > room) return call.fail('GROUP_FULL', { values: { room: Math.max(0, room) } })
      return joining.length === 0 ? null : { groupId: group.id, by: actor.name, people: joining }
    },
  })
  return null
}

/** Removes who is in; the owner never. */
export const removeMembers: Handler<Contract['groups']['removeMembers'], Context, Grants> = async call => {
  const { input, actor, jobs } = call
  await jobs.intents.run({
    kind: jobs.kinds.removeMembers,
    subject: groupSubject(input.im_group_id),
    async prepare() {
      const group = await currentGroup(call, input.im_group_id)
      if (group.owner !== null && input.members.includes(group.owner)) return call.fail('OWNER_CANNOT_LEAVE')
      const present = new Set(memberIds(group))
      const leaving = input.members.filter(id => present.has(id))
      if (leaving.length === 0) return null
      return { groupId: group.id, by: actor.name, people: await nameAll(call, leaving) }
    },
  })
  return null
}
