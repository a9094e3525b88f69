import type { MessageView } from '@easemob-gateway/emulator'
import type { Counts } from './outcome.ts'
import { Register, type Write } from './register.ts'

/** `ext.type` of a notice. */
export type NoticeType = 'ts_group_create' | 'ts_group_change' | 'ts_user_join' | 'ts_user_exit'

/** A request that creates a group; its description identifies it. */
export interface Creation {
  readonly tag: string
  readonly owner: string
  readonly name: string
  readonly members: readonly string[]
  readonly maxUsers: number
  readonly key: string | null
  /** `unknown` until the request is answered. */
  outcome: 'acknowledged' | 'refused' | 'unknown'
  groupId: string | null
}

/** The expected state of a group. */
export interface TrackedGroup {
  readonly id: string
  readonly tag: string
  readonly exists: Register<boolean>
  readonly owner: Register<string>
  readonly face: Register<number>
  readonly name: Register<string>
  readonly members: Map<string, Register<boolean>>
  /** The least and the greatest number of notices, by type. */
  readonly notices: Map<NoticeType, { least: number; most: number }>
  /** True when it has been written since the last check. */
  touched: boolean
}

/** The state that all clients expect, from the outcomes of their requests. */
export class Ledger {
  readonly creations = new Map<string, Creation>()
  readonly groups = new Map<string, TrackedGroup>()
  /** Users who are never deleted, the newest last. */
  readonly people: string[] = []
  /** Users who are deleted and restored, with whether they should be active. */
  readonly mortals = new Map<string, Register<boolean>>()
  /** The passwords that were read last; null when a reset may have changed them since. */
  readonly passwords = new Map<string, string | null>()
  /** Users whose password is being reset. */
  readonly locked = new Set<string>()
  /** By notice id. */
  readonly delivered = new Map<string, { group: string; type: string; text: string; again: number }>()
  readonly seenMessages = new Set<string>()
  readonly counts: Counts = { operations: 0, acknowledged: 0, refused: 0, unknown: 0 }

  track(creation: Creation, id: string): TrackedGroup {
    const known = this.groups.get(id)
    if (known) return known
    const group: TrackedGroup = {
      id,
      tag: creation.tag,
      exists: new Register(true),
      owner: new Register(creation.owner),
      face: new Register(0),
      name: new Register(creation.name),
      members: new Map([creation.owner, ...creation.members].map(member => [member, new Register(true)])),
      notices: new Map(),
      touched: true,
    }
    creation.groupId = id
    this.groups.set(id, group)
    this.expectNotice(group, 'ts_group_create', true)
    return group
  }

  /**
   * Expects a notice.
   * @param certain whether the change has certainly happened; otherwise the notice may be absent
   */
  expectNotice({ notices }: TrackedGroup, type: NoticeType, certain: boolean): void {
    const { least, most } = notices.get(type) ?? { least: 0, most: 0 }
    notices.set(type, { least: least + (certain ? 1 : 0), most: most + 1 })
  }

  member({ members }: TrackedGroup, id: string): Register<boolean> {
    const register = members.get(id) ?? new Register(false)
    members.set(id, register)
    return register
  }

  /** Records a notice that the vendor has delivered. Returns a description of the conflict if its id had another content. */
  deliver(message: MessageView, notice: { id: string; type: string; text: string }): string | null {
    const [group = ''] = message.to
    const known = this.delivered.get(notice.id)
    if (!known) this.delivered.set(notice.id, { group, type: notice.type, text: notice.text, again: 0 })
    else if (known.text !== notice.text || known.group !== group)
      return `${notice.id}: ${known.text} / ${notice.text}`
    else known.again++
    return null
  }
}

/** Records in a register how the request of a write has ended. */
export function close<T>(register: Register<T>, write: Write<T>, outcome: Outcome<unknown>): void {
  if (outcome.kind === 'acknowledged') register.acknowledge(write)
  else if (outcome.kind === 'refused') register.refuse(write)
  else if (outcome.ended) register.leave(write)
}

/** The outcome of a request. `ended`: the server no longer performs it, except through recovery. */
export type Outcome<T> =
  | { readonly kind: 'acknowledged'; readonly value: T }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'unknown'; readonly ended: boolean }
