import { currentGroup } from './current.ts'
import { memberIds } from './rules.ts'
import type { GroupHandler, GroupServices } from './services.ts'
import { groupSubject } from './subject.ts'

/** Adds those who are not members yet; nobody when there is not enough room for all. */
export function addMembers(services: GroupServices): GroupHandler<'addMembers'> {
  const { people, registration, reader, writes } = services
  return async call => {
    const { input, actor } = call
    const found = await people.find(input.members)
    const known = new Map(found.map(({ id, name }) => [id, { id, name }]))
    const unknown = input.members.filter(id => !known.has(id))
    if (unknown.length > 0) return call.fail('MEMBERS_NOT_FOUND', { values: { users: unknown.join(', ') } })
    await registration.registerAll(found)
    await writes.addMembers.run({
      subject: groupSubject(input.im_group_id),
      async prepare() {
        const group = await currentGroup(reader, input.im_group_id)
        const present = new Set(memberIds(group))
        const joining = input.members.filter(id => !present.has(id)).flatMap(id => known.get(id) ?? [])
        const room = group.maxUsers - group.affiliationsCount
        if (joining.length > room) return call.fail('GROUP_FULL', { values: { room: Math.max(0, room) } })
        return joining.length === 0 ? null : { groupId: group.id, by: actor.name, people: joining }
      },
    })
    return null
  }
}

/** Removes those who are members; refuses to remove the owner. */
export function removeMembers(services: GroupServices): GroupHandler<'removeMembers'> {
  const { people, reader, writes } = services
  return async call => {
    const { input, actor } = call
    await writes.removeMembers.run({
      subject: groupSubject(input.im_group_id),
      async prepare() {
        const group = await currentGroup(reader, input.im_group_id)
        if (group.owner !== null && input.members.includes(group.owner))
          return call.fail('OWNER_CANNOT_LEAVE')
        const present = new Set(memberIds(group))
        const leaving = input.members.filter(id => present.has(id))
        if (leaving.length === 0) return null
        return { groupId: group.id, by: actor.name, people: await people.nameAll(leaving) }
      },
    })
    return null
  }
}
