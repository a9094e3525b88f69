import type { Easemob } from './easemob.ts'

/**
 * The part of a client that changes nothing at the vendor; every {@link Easemob} is one. Give it to code that must not write:
 * there a write does not compile.
 *
 * Left out although they return data: `users.verifyPassword`, which makes the vendor issue a token for the user and counts against the limit of
 * `/token`, and `token.get`, whose token would allow any write. Methods, limits and errors are those of the client; the object is the client itself,
 * so that reads share its pace, circuit breaker and connections.
 *
 * @example
 * const findGroup = (vendor: EasemobReader, groupId: string) => vendor.groups.get([groupId])
 * await findGroup(createEasemob(options), '81787263975425')
 */
export type EasemobReader = Readonly<Pick<Easemob, 'stats'>> & {
  readonly users: Readonly<Pick<Easemob['users'], 'get' | 'list' | 'joinedGroups'>>
  readonly groups: Readonly<Pick<Easemob['groups'], 'get' | 'list'>> & {
    readonly members: Readonly<Pick<Easemob['groups']['members'], 'list'>>
  }
  readonly token: Readonly<Pick<Easemob['token'], 'ageMs'>>
}
