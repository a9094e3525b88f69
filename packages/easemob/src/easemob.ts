import { Caller } from './call/caller.ts'
import type { BreakerState } from './events.ts'
import type { Groups } from './groups/api.ts'
import { createGroups } from './groups/groups.ts'
import type { Messages } from './messages/api.ts'
import { createMessages } from './messages/messages.ts'
import type { CallOptions, EasemobOptions } from './options.ts'
import type { LimitClass } from './pace/limit-classes.ts'
import { settingsOf } from './settings.ts'
import type { Users } from './users/api.ts'
import { createUsers } from './users/users.ts'

/** What a client is doing right now. Counters run from its creation; tokens and batches count as calls. */
export type EasemobStats = {
  breaker: BreakerState
  /** ms since the app token was fetched; null when there is none. */
  tokenAgeMs: number | null
  calls: number
  attempts: number
  retries: number
  /** Calls not yet settled, those that wait included. */
  inFlight: number
  /** Per limit class: who waits for a slot, the pace per second, and by which factor it is slowed down now (1: not). Empty without a pace. */
  paces: Partial<Record<LimitClass, { interactive: number; bulk: number; perSecond: number; factor: number }>>
}

/** A client of one app. */
export type Easemob = {
  users: Users
  groups: Groups
  messages: Messages
  token: {
    /**
     * The app token (a secret), from memory or by the one exchange under way. The other methods do this by themselves.
     * @example const token = await easemob.token.get()
     */
    get(options?: CallOptions): Promise<string>
    /** ms since the token at hand was fetched; null when there is none. */
    ageMs(): number | null
  }
  /** @example const { breaker, inFlight } = easemob.stats() */
  stats(): EasemobStats
  /** Refuses new calls and those that wait (`not_sent`), lets those on the wire finish, closes the connections. */
  close(): Promise<void>
}

/**
 * A client of the Easemob REST API: one token, pace, circuit breaker and connection pool. Make one per app key and process. Nothing is sent before
 * the first call. Throws {@link EasemobError} `invalid` on options that cannot work.
 *
 * @example
 * const easemob = createEasemob({ appKey: 'org#app', clientId, clientSecret })
 * await easemob.users.create({ username: '1', password: 'b7c1…' })
 * await easemob.close()
 */
export function createEasemob(options: EasemobOptions): Easemob {
  const caller = new Caller(settingsOf(options), options)
  return {
    users: createUsers(caller),
    groups: createGroups(caller),
    messages: createMessages(caller),
    token: {
      get: options => caller.token.get(caller.budget('token.get', options)),
      ageMs: () => caller.token.ageMs(),
    },
    stats: () => ({
      ...caller.counts,
      breaker: caller.breaker.state,
      tokenAgeMs: caller.token.ageMs(),
      paces: Object.fromEntries(caller.paces.lanes().map(([limitClass, lane]) => [limitClass, lane.stats()])),
    }),
    close: () => caller.close(),
  }
}
