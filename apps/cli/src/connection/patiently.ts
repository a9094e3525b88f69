import { setTimeout as pause } from 'node:timers/promises'
import { isGatewayError } from '@easemob-gateway/client'
import { CliFailure, exitCode } from '../failure.ts'
import { explain } from './explain.ts'

/** How a call is repeated. */
export interface Patience {
  /** Whether the gateway has answered before, so that a lost connection is worth another try. */
  readonly known: () => boolean
  /** Waits that many ms; for tests. */
  readonly pause?: (ms: number) => Promise<unknown>
}

const tries = 6

/**
 * Repeats a call that may be repeated: after a lost connection, where the gateway has been there before, and after an answer
 * that says when to come back. Waits 0.25 s to 4 s, or as long as the gateway asks.
 */
export async function patiently<T>(call: () => Promise<T>, patience: Patience): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      const ms = waitMs(error, attempt, patience.known())
      if (ms === undefined) throw error
      await (patience.pause ?? pause)(ms)
    }
  }
}

function waitMs(error: unknown, attempt: number, known: boolean): number | undefined {
  // Being limited is no failure but the pace of the gateway, so it is waited out as often as it takes.
  if (isGatewayError(error) && error.data.reason === 'RATE_LIMITED')
    return (error.data.retryAfter ?? 1) * 1000
  if (attempt >= tries) return undefined
  const backoff = 125 * 2 ** attempt
  if (isGatewayError(error))
    return error.data.reason === 'UNAVAILABLE' ? (error.data.retryAfter ?? 1) * 1000 : undefined
  const told = explain(error, { url: '', hasToken: true, dataDir: '' })
  return known && told instanceof CliFailure && told.telling.code === exitCode.unreachable
    ? backoff
    : undefined
}
