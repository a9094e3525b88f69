import type { CallOptions } from '../options.ts'
import type { PageRequest } from '../page.ts'
import type { AddedMembers, GroupMember, RemovedMembers } from './types.ts'

/** Members of a group (vendor documentation, "Group member management"). */
export type GroupMembers = {
  /**
   * All members, the owner included (`GET /chatgroups/{id}/users`), read in pages of `limit` (1–1,000, default 1,000). The vendor numbers the pages,
   * so a member who leaves meanwhile can make the next page skip a row. Throws `not_found` (subject `group`).
   * @example for await (const { username, role } of easemob.groups.members.list(groupId)) console.log(username, role)
   */
  list(
    groupId: string,
    options?: CallOptions & { limit?: number | undefined; cursor?: string | undefined },
  ): PageRequest<GroupMember>
  /**
   * Adds any number of users (`POST /chatgroups/{id}/users`), 60 a call. Unknown names, users in too many groups and those for whom the group is full
   * (`code: 'full'`) are returned in `refused` and do not stop the others. Users added by an attempt whose answer was lost are in `already`. Throws
   * `not_found` (subject `group`) and other errors that concern no single name.
   * @example const { added, already, refused, lost } = await easemob.groups.members.add(groupId, ['2', '3'])
   */
  add(groupId: string, usernames: readonly string[], options?: CallOptions): Promise<AddedMembers>
  /**
   * Removes any number of members (`DELETE /chatgroups/{id}/users/{names}`), up to 60 a call and within the vendor's limit of 4 KB for a URL. Names
   * that are no members are in `absent`, the owner in `refused`. Throws `not_found` (subject `group`) and other errors that concern no single name.
   * @example const { removed, absent } = await easemob.groups.members.remove(groupId, ['2', '3'])
   */
  remove(groupId: string, usernames: readonly string[], options?: CallOptions): Promise<RemovedMembers>
}
