import { GatewayError } from '@easemob-gateway/contracts'
import { LRUCache } from 'lru-cache'
import { networkOf } from './network.ts'

/** What is left of a minute's requests. */
export interface Allowance {
  readonly limit: number
  readonly remaining: number
}

/** The inbound limits of one process: fixed multiples and fractions of the general one, which counts per actor. */
export interface Limits {
  /** Counts a request of an address. @throws GatewayError RATE_LIMITED */
  address(address: string): Allowance
  /** Counts a request of an actor. `tenth`: of an operation with its own, ten times smaller limit. @throws GatewayError RATE_LIMITED */
  actor(id: string, operation: string, tenth: boolean): Allowance
  /** Holds one of an actor's concurrent requests until called again. @throws GatewayError RATE_LIMITED */
  enter(id: string): () => void
}

const addressTimes = 5
const atOnce = 50
const minuteMs = 60_000
/** Of each kind, the latest that have called. */
const countedAtMost = 50_000

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
      if (now >= atOnce) throw new GatewayError('RATE_LIMITED', { retryAfter: 1 })
      running.set(id, now + 1)
      return () => {
        const left = (running.get(id) ?? 1) - 1
        if (left > 0) running.set(id, left)
        else running.delete(id)
      }
    },
  }
}

/** Counts by key, up to a limit in the minute that begins with a key's first. */
function createCounter(limit: number): (key: string) => Allowance {
  const minutes = new LRUCache<string, { left: number; readonly endsAt: number }>({ max: countedAtMost })
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
