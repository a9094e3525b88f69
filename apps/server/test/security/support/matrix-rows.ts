import type { Outcome } from './call-faces.ts'

/** What an input may be about: made anew for every cell. */
export interface World {
  /** A group of the owner, with two members. */
  readonly group: string
  /** A run that has ended. */
  readonly run: string
}

/** Who calls, all with good tokens: users 3, 2 and 1, and an administrator without a profile. */
export const roles = ['stranger', 'member', 'owner', 'admin'] as const
export type Role = (typeof roles)[number]

/** What every role is answered. `ok`: 200 on tRPC, on REST the status of the row. */
export interface Row {
  readonly operation: string
  /** What is special about the group of this row. */
  readonly group: { readonly public?: boolean; readonly allowinvites?: boolean }
  readonly rest: number | null
  readonly input: (world: World) => Record<string, unknown>
  readonly answers: Readonly<Record<Role, Outcome>>
}

function row(
  operation: string,
  rest: number | null,
  input: Row['input'],
  [stranger, member, owner, admin]: readonly [Outcome, Outcome, Outcome, Outcome],
  group: Row['group'] = { public: false, allowinvites: false },
): Row {
  return { operation, rest, input, group, answers: { stranger, member, owner, admin } }
}

const no = '403 FORBIDDEN'
const gone = '404 GROUP_NOT_FOUND'
const nobody = '404 USER_NOT_FOUND'
const stay = '409 OWNER_CANNOT_LEAVE'
const nothing = () => ({})
const it = ({ group }: World) => ({ im_group_id: group })
const listed = ({ group }: World) => ({ im_group_id: [group] })
const change = ({ group }: World) => ({ im_group_id: group, groupname: 'new name', desc: 'new' })
const them = (members: string) => (world: World) => ({ im_group_id: world.group, members: [members] })
const seen = { public: true, allowinvites: false }
const inviting = { public: false, allowinvites: true }

/** The table: an operation of the contract without a row fails the test. Columns: stranger, member, owner, administrator. */
export const rows: readonly Row[] = [
  row('accounts.register', 201, () => ({ user_id: '1' }), [no, no, 'ok', 'ok']),
  row('accounts.registerMany', 201, () => ({ user_ids: ['1'] }), [no, no, no, 'ok']),
  row('accounts.registerMissing', 201, () => ({ wait: 0 }), [no, no, no, 'ok']),
  row('accounts.resetPassword', 201, nothing, ['ok', 'ok', 'ok', nobody]),
  row('accounts.password', 201, nothing, ['ok', 'ok', 'ok', nobody]),
  row('groups.get', 200, listed, [gone, 'ok', 'ok', 'ok']),
  row('groups.get', 200, listed, ['ok', 'ok', 'ok', 'ok'], seen),
  row('groups.list', 200, listed, [gone, 'ok', 'ok', 'ok']),
  row('groups.list', 200, listed, ['ok', 'ok', 'ok', 'ok'], seen),
  row('groups.create', 201, () => ({ groupname: 'a group', desc: 'd' }), ['ok', 'ok', 'ok', nobody]),
  row('groups.update', 201, change, [gone, no, 'ok', 'ok']),
  row('groups.update', 201, change, [no, no, 'ok', 'ok'], seen),
  row('groups.delete', 204, it, [gone, no, 'ok', 'ok']),
  row('groups.delete', 204, it, [no, no, 'ok', 'ok'], seen),
  row('groups.faces', 200, listed, ['ok', 'ok', 'ok', 'ok']),
  row('groups.addMembers', 201, them('3'), [gone, no, 'ok', 'ok']),
  row('groups.addMembers', 201, them('3'), [no, no, 'ok', 'ok'], seen),
  row('groups.addMembers', 201, them('3'), [gone, 'ok', 'ok', 'ok'], inviting),
  row('groups.removeMembers', 204, them('5'), [gone, no, 'ok', 'ok']),
  row('groups.removeMembers', 204, them('5'), [no, no, 'ok', 'ok'], seen),
  row('groups.removeMembers', 204, them('2'), [gone, 'ok', 'ok', 'ok']),
  row('groups.removeMembers', 204, them('1'), [gone, no, stay, stay]),
  row('users.import', null, () => ({ users: [{ id: '9', name: 'nine' }] }), [no, no, no, 'ok']),
  row('users.get', null, () => ({ id: '1' }), [no, no, no, 'ok']),
  row('users.list', null, nothing, [no, no, no, 'ok']),
  row('runs.get', null, ({ run }) => ({ id: run }), [no, no, no, 'ok']),
  row('runs.list', null, nothing, [no, no, no, 'ok']),
  row('runs.watch', null, ({ run }) => ({ id: run }), [no, no, no, 'ok']),
  row('runs.cancel', null, ({ run }) => ({ id: run }), [no, no, no, 'ok']),
  row('system.status', null, nothing, [no, no, no, 'ok']),
  row('system.retry', null, nothing, [no, no, no, 'ok']),
  row('system.audit', null, nothing, [no, no, no, 'ok']),
  row('keys.rotate', null, nothing, [no, no, no, 'ok']),
]
