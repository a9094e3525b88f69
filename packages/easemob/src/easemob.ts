import { CallPipeline } from './call/pipeline.ts'
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

/** The state and counters of a client. Counters start at its creation; token exchanges and each batch count as calls. */
export type EasemobStats = {
  breaker: BreakerState
  /** ms since the app token was fetched; null when there is no token. */
  tokenAgeMs: number | null
  calls: number
  attempts: number
  retries: number
  /** Calls not yet completed, waiting ones included. */
  inFlight: number
  /**
   * Per limit class: how many interactive and bulk calls wait for a slot, the limit in calls per second, and the factor the pace is slowed down by
   * after a 429 (1: full pace). Empty when `callsPerSecond` is `Infinity`.
   */
  paces: Partial<Record<LimitClass, { interactive: number; bulk: number; perSecond: number; factor: number }>>
}

/**
 * A client of one Easemob app, made by {@link createEasemob}.
 * @example const rename = (easemob: Easemob, groupId: string) => easemob.groups.update(groupId, { name: 'new' })
 */
export type Easemob = {
  users: Users
  groups: Groups
  messages: Messages
  token: {
    /**
     * The app token (a secret): the cached one, or the result of an exchange that all waiting calls share. The other methods get it by
     * themselves. Throws {@link EasemobError}: `unauthorized` on wrong credentials, `app_not_found`, or an error of the call itself.
     * @example const token = await easemob.token.get()
     */
    get(options?: CallOptions): Promise<string>
    /**
     * ms since the cached token was fetched; null when there is none.
     * @example const stale = (easemob.token.ageMs() ?? 0) > 3_600_000
     */
    ageMs(): number | null
  }
  /**
   * State and counters, from memory.
   * @example const { breaker, inFlight } = easemob.stats()
   */
  stats(): EasemobStats
  /**
   * Rejects waiting and new calls with `not_sent`, lets requests on the wire finish, then closes the connections. A second call does nothing.
   * @example await easemob.close()
   */
  close(): Promise<void>
}

/**
 * Creates a client of the Easemob REST API with one token, pace, circuit breaker and connection pool. Create one per app key and process. Nothing
 * is sent before the first call. Throws {@link EasemobError} `invalid` on options that cannot work, naming the option.
 *
 * @example
 * const easemob = createEasemob({ appKey: 'org#app', clientId, clientSecret })
 * await easemob.users.create({ username: '1', password: 'b7c1…' })
 * await easemob.close()
 */
export function createEasemob(options: EasemobOptions): Easemob {
  const pipeline = new CallPipeline(settingsOf(options), options)
  return {
    users: createUsers(pipeline),
    groups: createGroups(pipeline),
    messages: createMessages(pipeline),
    token: {
      get: options => pipeline.token.get(pipeline.budget('token.get', options)),
      ageMs: () => pipeline.token.ageMs(),
    },
    stats: () => ({
      ...pipeline.counts,
      breaker: pipeline.breaker.state,
      tokenAgeMs: pipeline.token.ageMs(),
      paces: Object.fromEntries(
        pipeline.pacers.all().map(([limitClass, pacer]) => [limitClass, pacer.stats()]),
      ),
    }),
    close: () => pipeline.close(),
  }
}
