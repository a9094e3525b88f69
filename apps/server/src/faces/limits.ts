import { GatewayError } from '@easemob-gateway/contracts'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { networkOf } from './network.ts'

/** What is left of a minute's requests. */
export interface Allowance {
  readonly limit: number
  readonly remaining: number
}

/** The inbound limits of one process: fixed multiples and fractions of the general one, which counts per actor. */
export interface Limits {
  /** Counts a request of an address. @throws GatewayError RATE_LIMITED */
  address(address: string): Promise<Allowance>
  /** Counts a request of an actor. `tenth`: of an operation with its own, ten times smaller limit. @throws GatewayError RATE_LIMITED */
  actor(id: string, operation: string, tenth: boolean): Promise<Allowance>
  /** Holds one of an actor's concurrent requests until called again. @throws GatewayError RATE_LIMITED */
  enter(id: string): () => void
}

const addressTimes = 5
const atOnce = 50
const minute = 60

export function createLimits(perMinute: number): Limits {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: minute })
  const tenth = Math.max(1, Math.floor(perMinute / 10))
  const [addresses, actors, operations] = [
    limiter(perMinute * addressTimes),
    limiter(perMinute),
    limiter(tenth),
  ]
  const running = new Map<string, number>()
  return {
    address: address => consume(addresses, networkOf(address), perMinute * addressTimes),
    async actor(id, operation, isTenth) {
      const general = await consume(actors, id, perMinute)
      if (!isTenth) return general
      return consume(operations, `${id} ${operation}`, tenth)
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

async function consume(limiter: RateLimiterMemory, key: string, limit: number): Promise<Allowance> {
  try {
    const { remainingPoints } = await limiter.consume(key)
    return { limit, remaining: remainingPoints }
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error
    const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1000))
    throw new GatewayError('RATE_LIMITED', { retryAfter, values: { limit } })
  }
}
