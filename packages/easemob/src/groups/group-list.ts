import { asId, cursorOf, isObject, listOf } from '../http/read.ts'
import type { Page } from '../page.ts'
import type { GroupSummary } from './types.ts'

/** Reads a page of the group list. Owners are written `{org}#{app}_{username}`; app names contain no `_`, usernames may. */
export function readGroupPage(json: unknown): Page<GroupSummary> | undefined {
  if (!isObject(json) || !Array.isArray(json['data'])) return undefined
  const items: GroupSummary[] = []
  for (const row of listOf(json, 'data')) {
    const groupId = isObject(row) ? asId(row['groupid']) : undefined
    if (!isObject(row) || groupId === undefined) continue
    items.push({
      groupId,
      name: typeof row['groupname'] === 'string' ? row['groupname'] : '',
      owner: asId(row['owner'])?.replace(/^[^#]+#[^_]+_/, '') ?? null,
      affiliationsCount: wholeOf(row['affiliations']),
      lastModified: wholeOf(row['lastModified']),
    })
  }
  return { items, cursor: cursorOf(json) }
}

/** A whole number, which the vendor sometimes writes as a string; else null. */
function wholeOf(value: unknown): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(number) ? number : null
}
