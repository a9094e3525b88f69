/** A rate limit that the operations of a pool share. */
export interface RateLimit {
  readonly pool: string
  readonly perSecond: number
}

const DEFAULT_PER_SECOND = 100
/** Registration and the other single-user calls share one pool in the newest version of the vendor's documentation. */
const USERS_POOL: RateLimit = { pool: 'users', perSecond: 100 }

const EXCEPTIONS: ReadonlyMap<string, RateLimit> = new Map([
  ['token', { pool: 'token', perSecond: 300 }],
  ['users.create', USERS_POOL],
  ['users.get', USERS_POOL],
  ['users.list', USERS_POOL],
  ['users.delete', USERS_POOL],
  ['users.password', USERS_POOL],
  ['users.nickname', USERS_POOL],
  ['users.deactivate', USERS_POOL],
  ['users.activate', USERS_POOL],
  ['users.status', USERS_POOL],
  ['users.disconnect', USERS_POOL],
  ['users.deleteMany', { pool: 'users.deleteMany', perSecond: 30 }],
  ['users.statuses', { pool: 'users.statuses', perSecond: 50 }],
  ['users.blocks.list', { pool: 'users.blocks.list', perSecond: 50 }],
  ['users.blocks.add', { pool: 'users.blocks.add', perSecond: 50 }],
  ['users.blocks.remove', { pool: 'users.blocks.remove', perSecond: 50 }],
  ['groups.joined', { pool: 'groups.joined', perSecond: 50 }],
  ['messages.chatgroups', { pool: 'messages.chatgroups', perSecond: 20 }],
  ['messages.chatrooms', { pool: 'messages.chatrooms', perSecond: 20 }],
])

/** The vendor's rate limit of an operation (vendor documentation, "API call limits"): 100 calls a second unless listed. */
export const rateLimitOf = (operation: string): RateLimit =>
  EXCEPTIONS.get(operation) ?? { pool: operation, perSecond: DEFAULT_PER_SECOND }

/** Messages a second by target; beyond, the vendor answers 403. Single chat is limited to 6,000 a minute. */
export const MESSAGES_PER_SECOND = { users: 100, chatgroups: 20, chatrooms: 100 } as const
