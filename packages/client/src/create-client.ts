import type { ApiRouter } from '@easemob-gateway/contracts'
import { createTRPCClient, getFetch, httpBatchLink, httpLink, splitLink, type TRPCClient } from '@trpc/client'
import { type ClientOptions, requestHeaders, trpcUrl } from './options.ts'
import { subscriptionLink } from './subscription-link.ts'

/** The gateway's operations as `client.<domain>.<operation>.query | mutate | subscribe`, fully typed. */
export type GatewayClient = TRPCClient<ApiRouter>

/**
 * The typed client of a gateway: the official tRPC client over the contract's types, without the server's code and
 * without zod. Queries and mutations are single HTTP calls, subscriptions server-sent events that reconnect by
 * themselves and resume where they were.
 *
 * @param options - `url` (base URL), `token`, and what {@link ClientOptions} says.
 * @returns A client; it holds no connection, so there is nothing to close.
 * @throws TRPCClientError from every call; {@link isGatewayError} tells an answer of the gateway from a lost connection.
 * @example
 * const client = createClient({ url: 'http://127.0.0.1:3000', token })
 * const { im_group_id } = await client.groups.create.mutate({ groupname: '花儿巷', desc: '来自花儿巷的朋友', members: ['2', '4'] })
 * for await (const event of client.runs.watch.subscribe({ id: '1' })) console.log(event.data.done)
 */
export function createClient(options: ClientOptions): GatewayClient {
  const url = trpcUrl(options)
  const headers = () => requestHeaders(options)
  const fetch = getFetch(options.fetch)
  const calls = options.batch
    ? httpBatchLink<ApiRouter>({ url, headers, fetch, maxItems: 10, maxURLLength: 8000 })
    : httpLink<ApiRouter>({ url, headers, fetch })
  return createTRPCClient<ApiRouter>({
    links: [
      splitLink({
        condition: op => op.type === 'subscription',
        true: subscriptionLink(options),
        false: calls,
      }),
    ],
  })
}
