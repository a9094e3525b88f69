import type { EmulatorOptions } from '@easemob-gateway/emulator'

type Seed = Exclude<EmulatorOptions['seed'], string | undefined>

const firstId = 7_000_000_000_000_000

/** The id of the nth group of {@link seedOf}. */
export const groupIdOf = (at: number): string => String(firstId + at)

/** The vendor's initial data: `people` users and `groups` public groups of `members` each, all owned by user 1. */
export function seedOf(people: number, groups: number, members: number): Seed {
  const ids = Array.from({ length: people }, (_, i) => String(i + 1))
  return {
    users: ids.map(username => ({ username, password: 'x' })),
    groups: Array.from({ length: groups }, (_, at) => ({
      groupid: groupIdOf(at),
      groupname: `group ${at}`,
      description: 'a group of some friends',
      owner: '1',
      members: ids.slice(1, members),
    })),
  }
}
