import type { LimitClass } from '../pace/limit-classes.ts'

/** One endpoint of the vendor, as the call pipeline needs to know it. */
export type Operation = {
  /** Name in events and errors. */
  name: string
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  limitClass: LimitClass
  /** Whether the call may be sent again when it may have been carried out already. */
  idempotent: boolean
  /** Whether the call is sent with the app token. */
  authorized: boolean
}

type Method = Operation['method']

const read = (name: string, limitClass: LimitClass): Operation => repeatable(name, 'GET', limitClass)

const repeatable = (name: string, method: Method, limitClass: LimitClass): Operation => ({
  ...{ name, method, limitClass, idempotent: true, authorized: true },
})

const once = (name: string, limitClass: LimitClass): Operation => ({
  ...{ name, method: 'POST', limitClass, idempotent: false, authorized: true },
})

/** Every call that this package makes. */
export const OPERATIONS = {
  token: { ...repeatable('token.get', 'POST', 'token'), authorized: false },
  verifyPassword: { ...repeatable('users.verifyPassword', 'POST', 'token'), authorized: false },
  createUser: repeatable('users.create', 'POST', 'users'),
  createUsers: repeatable('users.createMany', 'POST', 'users'),
  getUser: read('users.get', 'users'),
  listUsers: read('users.list', 'users'),
  setPassword: repeatable('users.setPassword', 'PUT', 'users'),
  deleteUser: repeatable('users.delete', 'DELETE', 'users'),
  deactivateUser: repeatable('users.deactivate', 'POST', 'users'),
  activateUser: repeatable('users.activate', 'POST', 'users'),
  joinedGroups: read('users.joinedGroups', 'joined_groups'),
  createGroup: once('groups.create', 'chatgroups'),
  getGroups: read('groups.get', 'chatgroups'),
  listGroups: read('groups.list', 'chatgroups'),
  updateGroup: repeatable('groups.update', 'PUT', 'chatgroups'),
  transferGroup: repeatable('groups.transfer', 'PUT', 'chatgroups'),
  deleteGroup: repeatable('groups.delete', 'DELETE', 'chatgroups'),
  listMembers: read('groups.members.list', 'chatgroups'),
  addMembers: repeatable('groups.members.add', 'POST', 'chatgroups'),
  removeMembers: repeatable('groups.members.remove', 'DELETE', 'chatgroups'),
  sendText: once('messages.sendText', 'group_messages'),
} as const satisfies Record<string, Operation>
