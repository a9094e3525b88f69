import { CreationOrder } from './creation-order.ts'
import type { GroupRecord } from './records.ts'

/** When a member joined (ms), and its place in the order of joining, which cursors use. */
export interface Membership {
  readonly at: number
  readonly seq: number
}

/** A group in memory: its record, its members in order of joining (owner included) and its lists. */
export interface Group {
  readonly seq: number
  record: GroupRecord
  readonly members: Map<string, Membership>
  joins: number
  readonly admins: Set<string>
  readonly blocks: Set<string>
  readonly allowed: Set<string>
  /** name → end of the mute, ms since the epoch; -1 without an end */
  readonly mutes: Map<string, number>
}

/** Groups by id and by order of creation, with an index of the groups each user is in. */
export class Groups {
  readonly order = new CreationOrder<Group>()
  readonly #byId = new Map<string, Group>()
  readonly #joined = new Map<string, Set<string>>()

  get size(): number {
    return this.#byId.size
  }

  get(id: string): Group | undefined {
    return this.#byId.get(id)
  }

  put(record: GroupRecord): void {
    const present = this.#byId.get(record.id)
    if (present !== undefined) {
      present.record = record
      return
    }
    const group: Group = {
      seq: record.seq,
      record,
      members: new Map(),
      joins: 0,
      admins: new Set(),
      blocks: new Set(),
      allowed: new Set(),
      mutes: new Map(),
    }
    this.#byId.set(record.id, group)
    this.order.add(group)
  }

  delete(id: string): void {
    const group = this.#byId.get(id)
    if (group === undefined) return
    for (const name of group.members.keys()) this.#unjoin(name, id)
    this.#byId.delete(id)
    this.order.remove(group)
  }

  join(id: string, names: readonly string[], at: number): void {
    const group = this.#byId.get(id)
    if (group === undefined) return
    for (const name of names) {
      group.members.set(name, { at, seq: ++group.joins })
      group.blocks.delete(name)
      const joined = this.#joined.get(name)
      if (joined === undefined) this.#joined.set(name, new Set([id]))
      else joined.add(id)
    }
  }

  leave(id: string, names: readonly string[]): void {
    const group = this.#byId.get(id)
    if (group === undefined) return
    for (const name of names) {
      group.members.delete(name)
      group.admins.delete(name)
      group.allowed.delete(name)
      group.mutes.delete(name)
      this.#unjoin(name, id)
    }
  }

  /** The groups a user is in, in order of joining. */
  joinedBy(name: string): Group[] {
    const groups: Group[] = []
    for (const id of this.#joined.get(name) ?? []) {
      const group = this.#byId.get(id)
      if (group !== undefined) groups.push(group)
    }
    return groups
  }

  joinedCount(name: string): number {
    return this.#joined.get(name)?.size ?? 0
  }

  /** Deletes the groups that a user owns and removes the user from all others. */
  forget(name: string): void {
    for (const group of this.joinedBy(name)) {
      if (group.record.owner === name) this.delete(group.record.id)
      else this.leave(group.record.id, [name])
    }
  }

  #unjoin(name: string, id: string): void {
    const joined = this.#joined.get(name)
    if (joined?.delete(id) && joined.size === 0) this.#joined.delete(name)
  }
}
