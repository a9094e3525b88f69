import type { CallPipeline } from '../call/pipeline.ts'
import { query, segment } from '../http/path.ts'
import { isObject, listOf } from '../http/read.ts'
import { PageRequest } from '../page.ts'
import { OPERATIONS } from '../vendor/operations.ts'
import { addMembers } from './add-members.ts'
import { readAffiliations } from './group-schema.ts'
import type { GroupMembers } from './members-api.ts'
import { removeMembers } from './remove-members.ts'
import type { GroupMember } from './types.ts'

const LIST_DEFAULT = 1_000

/** {@link GroupMembers} on top of one {@link CallPipeline}. */
export function createMembers(pipeline: CallPipeline): GroupMembers {
  return {
    list(groupId, options = {}) {
      const { limit = LIST_DEFAULT, cursor } = options
      return new PageRequest(OPERATIONS.listMembers.name, cursor, async cursor => {
        const number = Math.max(1, Math.trunc(Number(cursor ?? 1)) || 1)
        const group = segment(groupId, OPERATIONS.listMembers.name)
        const path = `${pipeline.settings.root}/chatgroups/${group}/users${query({ pagenum: number, pagesize: limit })}`
        const { items, rows } = await pipeline.call(OPERATIONS.listMembers, { path, read: readRows }, options)
        return { items, cursor: rows >= limit ? String(number + 1) : null }
      })
    },
    add: (groupId, usernames, options) => addMembers(pipeline, groupId, usernames, options),
    remove: (groupId, usernames, options) => removeMembers(pipeline, groupId, usernames, options),
  }
}

function readRows(json: unknown): { items: GroupMember[]; rows: number } | undefined {
  if (!isObject(json) || !Array.isArray(json['data'])) return undefined
  const rows = listOf(json, 'data')
  const items = readAffiliations(rows).map(
    (row): GroupMember =>
      'owner' in row ? { username: row.owner, role: 'owner' } : { username: row.member, role: 'member' },
  )
  return { items, rows: rows.length }
}
