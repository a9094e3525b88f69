import type { CallOptions } from '../options.ts'
import type { PageRequest } from '../page.ts'
import type { AddedMembers, GroupMember, RemovedMembers } from './types.ts'

/** Members of a group (vendor documentation, "Group member management"). */
export type GroupMembers = {
  /**
   * All members, the owner included. `limit` 1–1,000 a page, default 1,000. Pages are counted, not anchored: someone leaving meanwhile can
   * make the next page skip a row. Throws `not_found` (subject `group`).
   * @example for await (const { username, role } of easemob.groups.members.list(groupId)) console.log(username, role)
   */
  list(
    groupId: string,
    options?: CallOptions & { limit?: number | undefined; cursor?: string | undefined },
  ): PageRequest<GroupMember>
  /**
   * Adds any number of users, 60 a call. Unknown names, people in too many groups and a full group (`code: 'full'`) come back in `refused` and
   * do not stop the others. Where an answer was lost, those it had added come back as `already`. Throws `not_found` (subject `group`) and
   * whatever concerns no single name.
   * @example const { added, already, refused, lost } = await easemob.groups.members.add(groupId, ['2', '3'])
   */
  add(groupId: string, usernames: readonly string[], options?: CallOptions): Promise<AddedMembers>
  /**
   * Removes any number of members, up to 60 a call and within the vendor's 4 KB of URL. Who is no member is `absent`; the owner is
   * `refused`. Throws `not_found` (subject `group`) and whatever concerns no single name.
   * @example const { removed, absent } = await easemob.groups.members.remove(groupId, ['2', '3'])
   */
  remove(groupId: string, usernames: readonly string[], options?: CallOptions): Promise<RemovedMembers>
}
