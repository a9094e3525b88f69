/**
 * The groups of calls that the vendor counts together, per app key (vendor documentation, "API call limits"). Single registrations, batches, reads,
 * passwords and deletions share 100/s, and so do all chat-group calls but "joined groups". Beyond the limit the vendor answers 429, to messages 403.
 */
export type LimitClass = 'token' | 'users' | 'chatgroups' | 'joined_groups' | 'group_messages'

/** Limits per second that a purchased call pack does not raise. The other classes follow `callsPerSecond`. */
const DOCUMENTED: Readonly<Partial<Record<LimitClass, number>>> = {
  token: 300,
  joined_groups: 50,
  group_messages: 20,
}

/** All limit classes. */
export const LIMIT_CLASSES: readonly LimitClass[] = [
  'token',
  'users',
  'chatgroups',
  'joined_groups',
  'group_messages',
]

/** The limit of a class, calls per second (`group_messages`: messages per second). */
export function limitOf(limitClass: LimitClass, callsPerSecond: number): number {
  return Math.min(DOCUMENTED[limitClass] ?? callsPerSecond, callsPerSecond)
}
