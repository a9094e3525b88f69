import type { CallOptions } from '../options.ts'
import type { PageRequest } from '../page.ts'
import type { CreatedMany, EasemobUser, JoinedGroup, NewUser } from './types.ts'

/** Options of `users.createMany`. */
export type CreateManyOptions = CallOptions & {
  /** Most calls in flight at a time. Default 20. */
  concurrency?: number | undefined
  /**
   * Called with the outcome of every batch of up to 60. A returned promise is awaited before the next batch is sent in its place; an error ends
   * `createMany`.
   */
  onBatch?: ((batch: CreatedMany) => void | Promise<void>) | undefined
}

/**
 * Users (vendor documentation, "User management"). The vendor folds usernames to lower case. An empty name, `.` and `..` throw `invalid` before
 * anything is sent, since in a path they would name something else. Every method throws {@link EasemobError}: `not_found` when the user is unknown,
 * and the codes of any call ({@link EasemobErrorCode}).
 */
export type Users = {
  /**
   * Registers one user (`POST /users` with the app token). It is retried like an idempotent call: after a lost answer the retry may find the user
   * that the first attempt registered, so `already_exists` with `attempts > 1` may be this call's own work. Throws `invalid`, `already_exists`,
   * `plan_limit`.
   * @example await easemob.users.create({ username: '1', password: 'b7c1…' })
   */
  create(user: NewUser, options?: CallOptions): Promise<EasemobUser>
  /**
   * Registers any number of users (`POST /users` with an array), 60 a call, with several calls in flight and priority `bulk` by default. It does not
   * throw because of single users: each is in exactly one list of the result. A name given twice is refused the second time. `deadlineMs` applies to
   * each call; once the signal is aborted, the remaining users are `lost` with code `aborted`. Users registered by an attempt whose answer was lost
   * are `existing`. When the vendor refuses a whole batch as existing, the first such batch of a client is checked name by name, because older apps
   * answer so when a single name exists.
   * @example
   * const { created, existing, refused, lost } = await easemob.users.createMany(people, { onBatch: b => bar.add(b.created.length) })
   */
  createMany(
    users: Iterable<NewUser> | AsyncIterable<NewUser>,
    options?: CreateManyOptions,
  ): Promise<CreatedMany>
  /**
   * One user (`GET /users/{username}`).
   * @example const { activated } = await easemob.users.get('1')
   */
  get(username: string, options?: CallOptions): Promise<EasemobUser>
  /**
   * All users, oldest first (`GET /users`), read in pages of `limit` (1–100, default 100).
   * @example for await (const user of easemob.users.list()) console.log(user.username)
   * @example const { items, cursor } = await easemob.users.list({ limit: 20 })
   */
  list(
    options?: CallOptions & { limit?: number | undefined; cursor?: string | undefined },
  ): PageRequest<EasemobUser>
  /**
   * Sets a new password of 1–64 characters (`PUT …/password`); the old one is not needed. Throws `invalid`.
   * @example await easemob.users.setPassword('1', 'd00d…')
   */
  setPassword(username: string, password: string, options?: CallOptions): Promise<void>
  /**
   * Deletes a user **and the groups they own** (`DELETE /users/{username}`). When an attempt's answer was lost, "not found" on the next one counts
   * as success.
   * @example await easemob.users.delete('1')
   */
  delete(username: string, options?: CallOptions): Promise<void>
  /**
   * Logs the user out and refuses logins until `activate` (`POST …/deactivate`).
   * @example await easemob.users.deactivate('1')
   */
  deactivate(username: string, options?: CallOptions): Promise<void>
  /**
   * Allows a deactivated user to log in again (`POST …/activate`).
   * @example await easemob.users.activate('1')
   */
  activate(username: string, options?: CallOptions): Promise<void>
  /**
   * The groups the user is in (`GET …/joined_chatgroups`), most recently joined first. Without `page` and `pageSize`, at most 500.
   * `pageSize` 1–100 (default 10), `page` from 1. Paced at 50/s.
   * @example const groups = await easemob.users.joinedGroups('1')
   */
  joinedGroups(
    username: string,
    options?: CallOptions & { pageSize?: number | undefined; page?: number | undefined },
  ): Promise<JoinedGroup[]>
  /**
   * Whether the user could log in with this password; false also for unknown and deactivated users. It requests a user token (`POST /token` by
   * password) and discards it, which counts against the limit of `/token`.
   * @example if (!(await easemob.users.verifyPassword('1', password))) throw new Error('wrong password')
   */
  verifyPassword(username: string, password: string, options?: CallOptions): Promise<boolean>
}
