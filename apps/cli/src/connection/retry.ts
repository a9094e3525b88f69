import { setTimeout as pause } from 'node:timers/promises'
import { isGatewayError } from '@easemob-gateway/client'
import { CliFailure, exitCode } from '../failure.ts'
import { explain } from './explain.ts'

/** When and how a call is retried. */
export interface RetryOptions {
  /** Whether the gateway has answered before. Until it has, a lost connection is not retried: the address may be wrong. */
  readonly hasAnswered: () => boolean
  /** Waits that many ms; tests inject their own. */
  readonly pause?: (ms: number) => Promise<unknown>
}

const maxAttempts = 6

/**
 * Makes an idempotent call, and retries it after a lost connection and after an answer that says when to come back: at most
 * 6 attempts, with pauses of 0.25 s to 4 s or as long as the gateway asks. An answer `RATE_LIMITED` is retried without limit.
 * @throws the error of the last attempt
 * @example await withRetries(() => client.runs.get.query({ id }), { hasAnswered: () => true })
 */
export async function withRetries<T>(call: () => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call()
    } catch (error) {
      const ms = waitMs(error, attempt, options.hasAnswered())
      if (ms === undefined) throw error
      await (options.pause ?? pause)(ms)
    }
  }
}

function waitMs(error: unknown, attempt: number, hasAnswered: boolean): number | undefined {
  // A rate limit is the pace of the gateway, not a failure, so it does not count as an attempt.
  if (isGatewayError(error) && error.data.reason === 'RATE_LIMITED')
    return (error.data.retryAfter ?? 1) * 1000
  if (attempt >= maxAttempts) return undefined
  const backoff = 125 * 2 ** attempt
  if (isGatewayError(error))
    return error.data.reason === 'UNAVAILABLE' ? (error.data.retryAfter ?? 1) * 1000 : undefined
  const explained = explain(error, { url: '', hasToken: true, dataDir: '' })
  return hasAnswered && explained instanceof CliFailure && explained.report.code === exitCode.unreachable
    ? backoff
    : undefined
}
