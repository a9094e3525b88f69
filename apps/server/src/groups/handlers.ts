import type { Contract, Handlers } from '@easemob-gateway/contracts'
import type { Context, Grants } from '../request.ts'
import { createGroup } from './create.ts'
import { readOwnFacts } from './local-row.ts'
import { addMembers, removeMembers } from './members.ts'
import { updateGroup } from './update.ts'
import { details, summaries } from './view.ts'
import { groupSubject } from './writes/create.ts'

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
