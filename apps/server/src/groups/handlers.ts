import { createGroup } from './create.ts'
import { addMembers, removeMembers } from './members.ts'
import type { GroupHandlers, GroupServices } from './services.ts'
import { groupSubject } from './subject.ts'
import { updateGroup } from './update.ts'

/** The handlers of the operations on groups and their members. */
export function createGroupHandlers(services: GroupServices): GroupHandlers {
  const { view, readLocal, writes } = services
  return {
    get: call => view.details(call.groups),
    list: async call => view.summaries(call.groups),
    create: createGroup(services),
    update: updateGroup(services),

    async delete({ group }) {
      await writes.deleteGroup.run({ subject: groupSubject(group.id), payload: { groupId: group.id } })
      return null
    },

    async faces(call) {
      const ids = call.input.im_group_id
      const local = await readLocal(ids)
      return ids.flatMap(id => {
        const row = local.get(id)
        return row ? [{ im_group_id: id, group_face: row.face }] : []
      })
    },

    addMembers: addMembers(services),
    removeMembers: removeMembers(services),
  }
}
