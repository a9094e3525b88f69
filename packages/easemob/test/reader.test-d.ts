import type { Easemob, EasemobReader } from '../src/index.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const holds = <T extends true>(): T | undefined => undefined

// A client is a reader; a reader is not a client.
export const ofClient = (easemob: Easemob): EasemobReader => easemob
// @ts-expect-error a reader lacks the writes of a client
export const ofReader = (vendor: EasemobReader): Easemob => vendor

// The reading methods have the signatures of the client's.
holds<Same<EasemobReader['users']['get'], Easemob['users']['get']>>()
holds<Same<EasemobReader['users']['list'], Easemob['users']['list']>>()
holds<Same<EasemobReader['users']['joinedGroups'], Easemob['users']['joinedGroups']>>()
holds<Same<EasemobReader['groups']['get'], Easemob['groups']['get']>>()
holds<Same<EasemobReader['groups']['list'], Easemob['groups']['list']>>()
holds<Same<EasemobReader['groups']['members']['list'], Easemob['groups']['members']['list']>>()
holds<Same<EasemobReader['token']['ageMs'], Easemob['token']['ageMs']>>()
holds<Same<EasemobReader['stats'], Easemob['stats']>>()

// A method added to the client is not in the reader until both the reader and this list name it.
holds<Same<keyof EasemobReader, 'users' | 'groups' | 'token' | 'stats'>>()
holds<Same<keyof EasemobReader['users'], 'get' | 'list' | 'joinedGroups'>>()
holds<Same<keyof EasemobReader['groups'], 'get' | 'list' | 'members'>>()
holds<Same<keyof EasemobReader['groups']['members'], 'list'>>()
holds<Same<keyof EasemobReader['token'], 'ageMs'>>()

// No write is reachable.
export const writes = (vendor: EasemobReader): unknown[] => [
  // @ts-expect-error registers a user
  vendor.users.create,
  // @ts-expect-error registers many users
  vendor.users.createMany,
  // @ts-expect-error sets a password
  vendor.users.setPassword,
  // @ts-expect-error deletes a user and the groups they own
  vendor.users.delete,
  // @ts-expect-error deactivates a user
  vendor.users.deactivate,
  // @ts-expect-error activates a user
  vendor.users.activate,
  // @ts-expect-error makes the vendor issue a token for the user
  vendor.users.verifyPassword,
  // @ts-expect-error makes a group
  vendor.groups.create,
  // @ts-expect-error changes a group
  vendor.groups.update,
  // @ts-expect-error makes a member the owner
  vendor.groups.transfer,
  // @ts-expect-error deletes a group
  vendor.groups.delete,
  // @ts-expect-error adds members
  vendor.groups.members.add,
  // @ts-expect-error removes members
  vendor.groups.members.remove,
  // @ts-expect-error sends a message
  vendor.messages,
  // @ts-expect-error hands out the app token, which allows any write
  vendor.token.get,
  // @ts-expect-error closes the client for all its users
  vendor.close,
]

// Nor can a method of the client be replaced through it.
export const replace = (vendor: EasemobReader, get: Easemob['users']['get']): void => {
  // @ts-expect-error the methods are read-only
  vendor.users.get = get
}
