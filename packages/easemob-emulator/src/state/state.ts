import type { Change } from './change.ts'
import { Groups } from './groups.ts'
import { GrowingIds } from './ids.ts'
import { Messages } from './messages.ts'
import { People } from './people.ts'
import { Users } from './users.ts'

/** The state of the emulated app. Only {@link State.apply} changes it. */
export class State {
  users = new Users()
  groups = new Groups()
  people = new People()
  readonly messages = new Messages()
  readonly groupIds = new GrowingIds(2)
  readonly messageIds = new GrowingIds(6)
  /** Tokens of an older generation are revoked. */
  generation = 0
  /** ms the emulator's clock is ahead of the machine's */
  clockOffset = 0
  #seq = 0

  get seq(): number {
    return this.#seq
  }

  nextSeq(): number {
    return ++this.#seq
  }

  apply(change: Change): void {
    switch (change.op) {
      case 'user.put':
        this.#seq = Math.max(this.#seq, change.user.seq)
        this.users.put(change.user)
        break
      case 'user.delete':
        this.users.delete(change.name)
        this.groups.forget(change.name)
        this.people.forget(change.name)
        break
      case 'group.put':
        this.#seq = Math.max(this.#seq, change.group.seq)
        this.groupIds.seen(change.group.id)
        this.groups.put(change.group)
        break
      case 'group.delete':
        this.groups.delete(change.id)
        break
      case 'members.add':
        this.groups.join(change.id, change.names, change.at)
        break
      case 'members.remove':
        this.groups.leave(change.id, change.names)
        break
      case 'group.list':
        this.#list(change)
        break
      case 'group.mute':
        this.#mute(change)
        break
      case 'contact.put':
        this.people.putContact(change.owner, change.friend, change.remark)
        break
      case 'contact.delete':
        this.people.deleteContact(change.owner, change.friend)
        break
      case 'block':
        this.people.setBlocked(change.owner, change.names, change.blocked)
        break
      case 'metadata':
        this.people.setMetadata(change.name, change.entries)
        break
      case 'message':
        for (const [, id] of change.message.recipients) this.messageIds.seen(id)
        this.messages.add(change.message)
        break
      case 'tokens.revoke':
        this.generation = change.generation
        break
      case 'clock':
        this.clockOffset = change.offset
        break
      case 'sequence':
        this.#seq = Math.max(this.#seq, change.seq)
        break
      case 'reset':
        this.users = new Users()
        this.groups = new Groups()
        this.people = new People()
        this.messages.clear()
        this.clockOffset = 0
        break
    }
  }

  #list(change: Extract<Change, { op: 'group.list' }>): void {
    const list = this.groups.get(change.id)?.[change.list]
    if (list === undefined) return
    for (const name of change.names) {
      if (change.listed) list.add(name)
      else list.delete(name)
    }
  }

  #mute(change: Extract<Change, { op: 'group.mute' }>): void {
    const mutes = this.groups.get(change.id)?.mutes
    if (mutes === undefined) return
    for (const name of change.names) {
      if (change.until === null) mutes.delete(name)
      else mutes.set(name, change.until)
    }
  }
}
