import type { CallOptions } from '../options.ts'
import type { PageRequest } from '../page.ts'
import type { CreatedMany, EasemobUser, JoinedGroup, NewUser } from './types.ts'

/** How `createMany` goes about it. */
export type CreateManyOptions = CallOptions & {
  /** Calls in flight at a time. Default 20. */
  concurrency?: number | undefined
  /** Told of every batch of up to 60 as it ends; a promise is awaited before its worker goes on; what it throws ends the run. */
  onBatch?: ((batch: CreatedMany) => void | Promise<void>) | undefined
}

/**
 * Users (vendor documentation, "User management"). Usernames are folded to lower case by the vendor. An empty name, `.` and `..` are refused
 * here (`invalid`), since in a path they would name something else. Every method throws {@link EasemobError}; those whose user is unknown, `not_found`.
 */
export type Users = {
  /**
   * Registers one user ("Register a user", authorised). Retried like an idempotent call: after a lost answer the retry finds the user there, so
   * `already_exists` with `attempts > 1` may be this very call's work. Throws `invalid`, `already_exists`, `plan_limit`.
   * @example await easemob.users.create({ username: '1', password: 'b7c1…' })
   */
  create(user: NewUser, options?: CallOptions): Promise<EasemobUser>
  /**
   * Registers any number of users, 60 a call, several calls in flight, `bulk` unless told otherwise. Throws nothing about single users: each comes
   * back in one list. A name given twice is refused the second time. `deadlineMs` holds for each batch; once the signal is aborted, what is
   * left is `lost` with code `aborted`. A name that a lost answer had registered shows up as `existing`.
   * The whole-batch "exists" answer means that none was new; the first one a client meets is verified name by name.
   * @example
   * const { created, existing, refused, lost } = await easemob.users.createMany(people, { onBatch: b => bar.add(b.created.length) })
   */
  createMany(
    users: Iterable<NewUser> | AsyncIterable<NewUser>,
    options?: CreateManyOptions,
  ): Promise<CreatedMany>
  /**
   * One user ("Get the details of a user").
   * @example const { activated } = await easemob.users.get('1')
   */
  get(username: string, options?: CallOptions): Promise<EasemobUser>
  /**
   * All users, oldest first ("Get details of users"). `limit` 1–100 a page, default 100.
   * @example for await (const user of easemob.users.list()) console.log(user.username)
   * @example const { items, cursor } = await easemob.users.list({ limit: 20 })
   */
  list(
    options?: CallOptions & { limit?: number | undefined; cursor?: string | undefined },
  ): PageRequest<EasemobUser>
  /**
   * Sets a new password of 1–64 characters; the old one is not needed.
   * @example await easemob.users.setPassword('1', 'd00d…')
   */
  setPassword(username: string, password: string, options?: CallOptions): Promise<void>
  /**
   * Deletes a user **and the groups they own**. A 404 after a retry counts as done.
   * @example await easemob.users.delete('1')
   */
  delete(username: string, options?: CallOptions): Promise<void>
  /**
   * Logs the user out and keeps them out until `activate`.
   * @example await easemob.users.deactivate('1')
   */
  deactivate(username: string, options?: CallOptions): Promise<void>
  /**
   * Lets a deactivated user in again.
   * @example await easemob.users.activate('1')
   */
  activate(username: string, options?: CallOptions): Promise<void>
  /**
   * Groups the user is in. Without `page` and `pageSize`: the newest joined first, at most 500. `pageSize` 1–100 (default 10), `page` from 1.
   * Paced at 50/s.
   * @example const groups = await easemob.users.joinedGroups('1')
   */
  joinedGroups(
    username: string,
    options?: CallOptions & { pageSize?: number | undefined; page?: number | undefined },
  ): Promise<JoinedGroup[]>
  /**
   * Would this password let the user in? False also for unknown and deactivated users. Asks for a user token (and forgets it), which counts
   * against the limit of `/token`.
   * @example if (!(await easemob.users.verifyPassword('1', password))) throw new Error('wrong password')
   */
  verifyPassword(username: string, password: string, options?: CallOptions): Promise<boolean>
}
