import type { ApiRouter, ErrorShape } from '@easemob-gateway/contracts'
import { isTRPCClientError, type TRPCClientError } from '@trpc/client'

/** An error that the gateway answered; `data` holds its reason and details. */
export type GatewayClientError = TRPCClientError<ApiRouter> & { readonly data: ErrorShape['data'] }

/**
 * Whether an error was answered by the gateway, as opposed to a lost connection or an error in the caller's code. Then branch
 * on `data.reason`; `data.fields` holds the invalid input fields with their texts, `data.retryAfter` the seconds to wait before
 * a retry, and `data.requestId` the id of the request in the gateway's log.
 *
 * @param error - Any caught value.
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
