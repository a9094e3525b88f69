import { CreationOrder } from './creation-order.ts'
import type { UserRecord } from './records.ts'
import { seqOfUuid, userUuid } from './uuid.ts'

/** Users by folded name and by order of creation. */
export class Users {
  readonly order = new CreationOrder<UserRecord>()
  readonly #byName = new Map<string, UserRecord>()

  get size(): number {
    return this.#byName.size
  }

  /** By name in any case. */
  get(name: string): UserRecord | undefined {
    return this.#byName.get(name) ?? this.#byName.get(name.toLowerCase())
  }

  /** By name in any case, or by uuid, as the paths of the users API allow. */
  find(nameOrUuid: string): UserRecord | undefined {
    const byName = this.get(nameOrUuid)
    if (byName !== undefined) return byName
    const seq = seqOfUuid(nameOrUuid)
    const user = seq === undefined ? undefined : this.order.bySeq(seq)
    return user !== undefined && userUuid(user) === nameOrUuid.toLowerCase() ? user : undefined
  }

  put(user: UserRecord): void {
    const present = this.#byName.get(user.name)
    this.#byName.set(user.name, user)
    if (present?.seq === user.seq) this.order.replace(user)
    else {
      if (present !== undefined) this.order.remove(present)
      this.order.add(user)
    }
  }

  delete(name: string): UserRecord | undefined {
    const user = this.#byName.get(name)
    if (user === undefined) return undefined
    this.#byName.delete(name)
    this.order.remove(user)
    return user
  }
}
