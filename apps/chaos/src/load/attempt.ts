import { isGatewayError } from '@easemob-gateway/client'
import type { Ledger, Outcome } from '../model/ledger.ts'

/** Performs a request and classifies its end: acknowledged (2xx), refused (4xx), or unknown. */
export async function attempt<T>(ledger: Ledger, request: Promise<T>): Promise<Outcome<T>> {
  ledger.counts.operations++
  try {
    const value = await request
    ledger.counts.acknowledged++
    return { kind: 'acknowledged', value }
  } catch (error) {
    if (isGatewayError(error) && error.data.httpStatus < 500) {
      ledger.counts.refused++
      return { kind: 'refused', reason: error.data.reason }
    }
    ledger.counts.unknown++
    return { kind: 'unknown', ended: !isTimeout(error) }
  }
}

function isTimeout(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause.name === 'TimeoutError') return true
  return false
}
