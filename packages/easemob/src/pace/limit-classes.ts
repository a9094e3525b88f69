/**
 * The classes the vendor counts by, per app key (vendor documentation, "API call limits"). Single registration, batches, reads, passwords and
 * deletions share one pool of 100/s; so do all chat-group calls but "joined groups". Overflow is 429, messages beyond 20/s are 403.
 */
export type LimitClass = 'token' | 'users' | 'chatgroups' | 'joined_groups' | 'group_messages'

/** Documented limits that do not grow with a bought pack, per second; classes that are absent follow `callsPerSecond`. */
const DOCUMENTED: Readonly<Partial<Record<LimitClass, number>>> = {
  token: 300,
  joined_groups: 50,
  group_messages: 20,
}

export const LIMIT_CLASSES: readonly LimitClass[] = [
  'token',
  'users',
  'chatgroups',
  'joined_groups',
  'group_messages',
]

/** Calls (for `group_messages`: messages) per second a class may make. */
export function limitOf(limitClass: LimitClass, callsPerSecond: number): number {
  return Math.min(DOCUMENTED[limitClass] ?? callsPerSecond, callsPerSecond)
}
