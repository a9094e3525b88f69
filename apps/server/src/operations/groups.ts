import type { Contract, Handlers } from '@easemob-gateway/contracts'
import type { Context, Grants } from '../context.ts'
import { groupSubject } from '../jobs/group-intents.ts'
import { createGroup } from './group-create.ts'
import { addMembers, removeMembers } from './group-members.ts'
import { updateGroup } from './group-update.ts'
import { details, summaries } from './group-view.ts'
import { readOwnFacts } from './own-facts.ts'

/** Chat groups and their members. */
export const groups: Handlers<Contract, Context, Grants>['groups'] = {
  get: call => details(call, call.groups),
  list: async call => summaries(call, call.groups),
  create: createGroup,
  update: updateGroup,

  async delete({ jobs, group }) {
    await jobs.intents.run({
      kind: jobs.kinds.deleteGroup,
      subject: groupSubject(group.id),
      payload: { groupId: group.id },
    })
    return null
  },

  async faces(call) {
    const ids = call.input.im_group_id
    const own = await readOwnFacts(call, ids)
    return ids.flatMap(id => {
      const ours = own.get(id)
      return ours ? [{ im_group_id: id, group_face: ours.face }] : []
    })
  },

  addMembers,
  removeMembers,
}
