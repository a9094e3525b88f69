import { currentGroup } from './current.ts'
import { isMember } from './rules.ts'
import type { GroupHandler, GroupServices } from './services.ts'
import { groupSubject } from './subject.ts'

/** Changes fields, picture and owner of a group; absent fields stay as they are. */
export function updateGroup(services: GroupServices): GroupHandler<'update'> {
  const { people, reader, readLocal, view, writes } = services
  return async call => {
    const { input, actor } = call
    const groupId = input.im_group_id
    const newOwner = input.new_owner_user
    const [person] = newOwner === undefined ? [] : await people.find([newOwner])
    if (newOwner !== undefined && !person)
      return call.fail('NEW_OWNER_NOT_FOUND', { values: { users: newOwner } })

    const face = input.group_face === 0 ? undefined : input.group_face
    const ended = await writes.updateGroup.run({
      subject: groupSubject(groupId),
      async prepare() {
        const group = await currentGroup(reader, groupId)
        if (input.maxusers !== undefined && input.maxusers < group.affiliationsCount)
          return call.fail('VALIDATION_FAILED', {
            fields: { maxusers: [`the group has ${group.affiliationsCount} members already`] },
          })
        if (person && !isMember(group, person.id))
          return call.fail('NOT_A_MEMBER', { values: { users: person.id } })
        return {
          groupId,
          by: actor.name,
          vendor: {
            name: input.groupname,
            description: input.desc,
            ...(input.public === undefined ? {} : { public: input.public }),
            ...(input.maxusers === undefined ? {} : { maxUsers: input.maxusers }),
            ...(input.members_only === undefined ? {} : { membersOnly: input.members_only }),
            ...(input.allowinvites === undefined ? {} : { allowInvites: input.allowinvites }),
          },
          own: {
            ...(face === undefined ? {} : { face }),
            ...(input.allowinvites === undefined ? {} : { allowInvites: input.allowinvites }),
          },
          newOwner: person && group.owner !== person.id ? { id: person.id, name: person.name } : null,
        }
      },
    })
    const before = call.group
    const local = (await readLocal([groupId])).get(groupId)
    const changed = ended?.payload.vendor
    return {
      groupname: input.groupname,
      desc: input.desc,
      public: changed?.public ?? before.public,
      maxusers: changed?.maxUsers ?? before.maxUsers,
      members_only: changed?.membersOnly ?? before.membersOnly,
      allowinvites: local?.allowInvites ?? before.allowInvites,
      group_face: view.faceUrl(local?.face ?? 0),
      im_group_id: groupId,
    }
  }
}
