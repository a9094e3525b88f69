import type { Easemob } from './easemob.ts'

/**
 * The methods of a client that change nothing at the vendor. Every {@link Easemob} is an `EasemobReader`; pass it as this type to code that must not
 * write, so that a write does not compile there.
 *
 * Two methods that return data are left out: `users.verifyPassword` makes the vendor issue a token for the user and counts against the limit of
 * `/token`, and the token of `token.get` would allow any write. Methods, limits and errors are those of the client. The object is the client itself,
 * so reads share its pace, circuit breaker and connections.
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
