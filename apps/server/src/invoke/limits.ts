import { GatewayError } from '@easemob-gateway/contracts'
import { LRUCache } from 'lru-cache'
import { networkOf } from './network.ts'

/** How many requests of a limit are left in the current minute. */
export interface Allowance {
  readonly limit: number
  readonly remaining: number
}

/**
 * The rate limits of one process. The general limit counts the requests of an actor in a minute; the limit of a network is
 * five times as high, that of an expensive operation a tenth.
 */
export interface Limits {
  /** Counts a request from an address, by its network. @throws GatewayError RATE_LIMITED */
  address(address: string): Allowance
  /**
   * Counts a request of an actor.
   * @param tenth whether the operation also has its own limit, a tenth of the general one
   * @throws GatewayError RATE_LIMITED
   */
  actor(id: string, operation: string, tenth: boolean): Allowance
  /** Takes one of an actor's 50 concurrent requests; the result releases it. @throws GatewayError RATE_LIMITED */
  enter(id: string): () => void
}

const addressTimes = 5
const maxConcurrent = 50
const minuteMs = 60_000
/** A counter forgets the least recently seen keys beyond this number. */
const maxKeys = 50_000

/**
 * @param perMinute the general limit
 * @example const limits = createLimits(env.rateLimitPerMinute)
 */
export function createLimits(perMinute: number): Limits {
  const tenth = createCounter(Math.max(1, Math.floor(perMinute / 10)))
  const addresses = createCounter(perMinute * addressTimes)
  const actors = createCounter(perMinute)
  const running = new Map<string, number>()
  return {
    address: address => addresses(networkOf(address)),
    actor(id, operation, isTenth) {
      const general = actors(id)
      return isTenth ? tenth(`${id} ${operation}`) : general
    },
    enter(id) {
      const now = running.get(id) ?? 0
      if (now >= maxConcurrent) throw new GatewayError('RATE_LIMITED', { retryAfter: 1 })
      running.set(id, now + 1)
      return () => {
        const left = (running.get(id) ?? 1) - 1
        if (left > 0) running.set(id, left)
        else running.delete(id)
      }
    },
  }
}

/** Counts requests by key, up to `limit` in the minute that begins with a key's first request. */
function createCounter(limit: number): (key: string) => Allowance {
  const minutes = new LRUCache<string, { left: number; readonly endsAt: number }>({ max: maxKeys })
  return key => {
    const now = Date.now()
    let minute = minutes.get(key)
    if (!minute || minute.endsAt <= now) {
      minute = { left: limit, endsAt: now + minuteMs }
      minutes.set(key, minute)
    }
    if (minute.left === 0) {
      const retryAfter = Math.max(1, Math.ceil((minute.endsAt - now) / 1000))
      throw new GatewayError('RATE_LIMITED', { retryAfter, values: { limit } })
    }
    minute.left--
    return { limit, remaining: minute.left }
  }
}
