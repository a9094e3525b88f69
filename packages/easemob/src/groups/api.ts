import type { CallOptions } from '../options.ts'
import type { PageRequest } from '../page.ts'
import type { GroupMembers } from './members-api.ts'
import type { EasemobGroup, GroupChanges, GroupSummary, NewGroup } from './types.ts'

/**
 * Chat groups (vendor documentation, "Chat group management"). Group ids are strings of up to 18 digits, beyond what a number holds.
 * Every method throws {@link EasemobError}: the codes it names, and those of any call ({@link EasemobErrorCode}).
 */
export type Groups = {
  /**
   * Creates a group with its owner and members (`POST /chatgroups`). It is not retried once it may have reached the vendor: a lost answer throws
   * {@link OutcomeUnknown}. With a `groupId` of your own, `get` then tells whether the group was created. Throws `already_exists` (the `groupId`),
   * `not_found` (subject `user`), `full`, `plan_limit`, `invalid`.
   * @example const { groupId } = await easemob.groups.create({ name: 'g', description: 'd', public: true, owner: '1', members: ['2'] })
   */
  create(group: NewGroup, options?: CallOptions): Promise<{ groupId: string }>
  /**
   * Details of any number of groups (`GET /chatgroups/{ids}`), 100 a call, in the order given. Unknown ids are left out.
   * @example const [group] = await easemob.groups.get(['81787263975425'])
   */
  get(groupIds: readonly string[], options?: CallOptions): Promise<EasemobGroup[]>
  /**
   * All groups, newest first (`GET /chatgroups`), read in pages of `limit` (1–1,000, default 1,000).
   * @example for await (const { groupId, owner } of easemob.groups.list()) console.log(groupId, owner)
   */
  list(
    options?: CallOptions & { limit?: number | undefined; cursor?: string | undefined },
  ): PageRequest<GroupSummary>
  /**
   * Changes the given fields (`PUT /chatgroups/{id}`) and returns for each, under its name here, whether the vendor changed it. Throws `not_found`
   * (subject `group`), `invalid`.
   * @example const { name } = await easemob.groups.update(groupId, { name: 'new name' }) // true
   */
  update(groupId: string, changes: GroupChanges, options?: CallOptions): Promise<Record<string, boolean>>
  /**
   * Makes a member the owner (`PUT /chatgroups/{id}` with `newowner`); the old owner stays a member. Throws `not_found` (subject `member` or
   * `group`) and `already_exists` when the member is the owner already; after a lost answer that counts as success.
   * @example await easemob.groups.transfer(groupId, '2')
   */
  transfer(groupId: string, newOwner: string, options?: CallOptions): Promise<void>
  /**
   * Deletes a group (`DELETE /chatgroups/{id}`). Throws `not_found`; after a lost answer that counts as success.
   * @example await easemob.groups.delete(groupId)
   */
  delete(groupId: string, options?: CallOptions): Promise<void>
  members: GroupMembers
}
