import type { Emulator, GroupView, MessageView, UserView } from './emulator.ts'
import type { Group } from './state/groups.ts'
import type { MessageRecord, UserRecord } from './state/records.ts'
import type { State } from './state/state.ts'

const userView = ({ name, password, nickname, active, created }: UserRecord): UserView => ({
  ...{ username: name, password, nickname, activated: active, created },
})

const groupView = ({ record, members }: Group): GroupView => ({
  id: record.id,
  name: record.name,
  description: record.description,
  public: record.public,
  membersonly: record.membersonly,
  allowinvites: record.allowinvites,
  maxusers: record.maxusers,
  custom: record.custom,
  owner: record.owner,
  members: [...members.keys()],
})

const messageView = ({ recipients, at, target, from, type, body, ext }: MessageRecord): MessageView => ({
  ...{ at, target, from, type, body, ext },
  to: recipients.map(([name]) => name),
  ids: recipients.map(([, id]) => id),
})

/** The read-only views of the state that `emulator.state` offers. */
export const viewsOf = (state: State): Emulator['state'] => ({
  users: {
    get count() {
      return state.users.size
    },
    get(username) {
      const user = state.users.get(username)
      return user === undefined ? undefined : userView(user)
    },
    list: () => [...state.users.order].map(userView),
    newest: limit => state.users.order.before(Number.MAX_SAFE_INTEGER, limit).map(userView),
  },
  groups: {
    get count() {
      return state.groups.size
    },
    get(id) {
      const group = state.groups.get(id)
      return group === undefined ? undefined : groupView(group)
    },
    list: () => [...state.groups.order].map(groupView),
    newest: limit => state.groups.order.before(Number.MAX_SAFE_INTEGER, limit).map(groupView),
  },
  messages: {
    get count() {
      return state.messages.total
    },
    list: () => state.messages.list().map(messageView),
  },
})
