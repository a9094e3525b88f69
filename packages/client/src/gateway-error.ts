import type { ApiRouter, ErrorShape } from '@easemob-gateway/contracts'
import { isTRPCClientError, type TRPCClientError } from '@trpc/client'

/** An error the gateway answered; `data` says why. */
export type GatewayClientError = TRPCClientError<ApiRouter> & { readonly data: ErrorShape['data'] }

/**
 * Whether an error is an answer of the gateway, and not a lost connection or a fault of the caller's own code.
 * Then `data.reason` is what to branch on, `data.fields` the input fields at fault with their texts, `data.retryAfter`
 * the seconds after which a retry makes sense, `data.requestId` what to look for in the gateway's log.
 *
 * @param error - Anything caught.
 * @example
 * try {
 *   await client.groups.delete.mutate({ im_group_id: '36036128342017' })
 * } catch (error) {
 *   if (!isGatewayError(error) || error.data.reason !== 'GROUP_NOT_FOUND') throw error
 * }
 */
export function isGatewayError(error: unknown): error is GatewayClientError {
  return isTRPCClientError<ApiRouter>(error) && typeof error.data?.reason === 'string'
}
