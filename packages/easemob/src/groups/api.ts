import type { CallOptions } from '../options.ts'
import type { PageRequest } from '../page.ts'
import type { GroupMembers } from './members-api.ts'
import type { EasemobGroup, GroupChanges, GroupSummary, NewGroup } from './types.ts'

/**
 * Chat groups (vendor documentation, "Chat group management"). Group ids are strings of up to 18 digits, beyond what a number holds.
 * Every method throws {@link EasemobError}.
 */
export type Groups = {
  /**
   * Makes a group; owner and members are in it at once. Never repeated once it may have arrived: a lost answer is {@link OutcomeUnknown}, also
   * with a `groupId` of your own (then `get` that id to settle it). Throws `already_exists` (the `groupId`), `not_found` (subject `user`),
   * `full`, `plan_limit`, `invalid`.
   * @example const { groupId } = await easemob.groups.create({ name: 'g', description: 'd', public: true, owner: '1', members: ['2'] })
   */
  create(group: NewGroup, options?: CallOptions): Promise<{ groupId: string }>
  /**
   * Details of any number of groups, 100 a call, in the order asked; unknown ids are left out, `[]` if none is known.
   * @example const [group] = await easemob.groups.get(['81787263975425'])
   */
  get(groupIds: readonly string[], options?: CallOptions): Promise<EasemobGroup[]>
  /**
   * All groups, newest first. `limit` 1–1,000 a page, default 1,000.
   * @example for await (const { groupId, owner } of easemob.groups.list()) console.log(groupId, owner)
   */
  list(
    options?: CallOptions & { limit?: number | undefined; cursor?: string | undefined },
  ): PageRequest<GroupSummary>
  /**
   * Changes what is given; answers, per field (by its name here), whether the vendor changed it. Throws `not_found` (subject `group`), `invalid`.
   * @example const { name } = await easemob.groups.update(groupId, { name: 'new name' }) // true
   */
  update(groupId: string, changes: GroupChanges, options?: CallOptions): Promise<Record<string, boolean>>
  /**
   * Makes a member the owner; the old owner stays a member. Throws `not_found` (subject `member` or `group`), `already_exists` (is the
   * owner already; after a retry that counts as done).
   * @example await easemob.groups.transfer(groupId, '2')
   */
  transfer(groupId: string, newOwner: string, options?: CallOptions): Promise<void>
  /**
   * Dissolves a group. Throws `not_found`, unless after a retry, which counts as done.
   * @example await easemob.groups.delete(groupId)
   */
  delete(groupId: string, options?: CallOptions): Promise<void>
  members: GroupMembers
}
