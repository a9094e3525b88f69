import type { CallPipeline } from '../call/pipeline.ts'
import { goneIsDone } from '../call/vendor-request.ts'
import type { EasemobError } from '../errors.ts'
import { query, segment } from '../http/path.ts'
import { asId, isObject, readDone } from '../http/read.ts'
import { PageRequest } from '../page.ts'
import { OPERATIONS, type Operation } from '../vendor/operations.ts'
import type { Groups } from './api.ts'
import { ourFlags, wireChanges, wireGroup } from './fields.ts'
import { getGroups } from './get-groups.ts'
import { readGroupPage } from './group-list.ts'
import { createMembers } from './members.ts'

const LIST_DEFAULT = 1_000

/** {@link Groups} on top of one {@link CallPipeline}. */
export function createGroups(pipeline: CallPipeline): Groups {
  const root = `${pipeline.settings.root}/chatgroups`
  const at = (operation: Operation, groupId: string): string => `${root}/${segment(groupId, operation.name)}`

  return {
    async create(group, options) {
      return pipeline.call(
        OPERATIONS.createGroup,
        { path: root, body: wireGroup(group), read: readGroupId },
        options,
      )
    },
    get: (groupIds, options) => getGroups(pipeline, groupIds, options),
    list(options = {}) {
      const { limit = LIST_DEFAULT, cursor } = options
      return new PageRequest(OPERATIONS.listGroups.name, cursor, cursor => {
        const path = `${root}${query({ limit, cursor })}`
        return pipeline.call(OPERATIONS.listGroups, { path, read: readGroupPage }, options)
      })
    },
    async update(groupId, changes, options) {
      const path = at(OPERATIONS.updateGroup, groupId)
      return pipeline.call(
        OPERATIONS.updateGroup,
        { path, body: wireChanges(changes), read: readFlags },
        options,
      )
    },
    async transfer(groupId, newOwner, options) {
      const path = at(OPERATIONS.transferGroup, groupId)
      const request = { path, body: { newowner: newOwner }, read: readDone, afterLostAnswer: ownerIsDone }
      await pipeline.call(OPERATIONS.transferGroup, request, options)
    },
    async delete(groupId, options) {
      const path = at(OPERATIONS.deleteGroup, groupId)
      await pipeline.call(
        OPERATIONS.deleteGroup,
        { path, read: readDone, afterLostAnswer: goneIsDone },
        options,
      )
    },
    members: createMembers(pipeline),
  }
}

function ownerIsDone(refusal: EasemobError): null | undefined {
  return refusal.code === 'already_exists' && refusal.subject === 'owner' ? null : undefined
}

/** Reads the id of a new group. Older apps answer it without the envelope's `data`. */
function readGroupId(json: unknown): { groupId: string } | undefined {
  if (!isObject(json)) return undefined
  const groupId = asId((isObject(json['data']) ? json['data'] : json)['groupid'])
  return groupId === undefined ? undefined : { groupId }
}

function readFlags(json: unknown): Record<string, boolean> | undefined {
  return isObject(json) && isObject(json['data']) ? ourFlags(json['data']) : undefined
}
