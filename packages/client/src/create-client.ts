import type { ApiRouter } from '@easemob-gateway/contracts'
import { createTRPCClient, getFetch, httpBatchLink, httpLink, splitLink, type TRPCClient } from '@trpc/client'
import { type ClientOptions, requestHeaders, trpcUrl } from './options.ts'
import { subscriptionLink } from './subscription-link.ts'

/**
 * The gateway's operations, typed, as `client.<domain>.<operation>.query`, `.mutate` or `.subscribe`.
 * @example const names = async (client: GatewayClient) => (await client.groups.list.query({ im_group_id: ['1'] })).map(group => group.name)
 */
export type GatewayClient = TRPCClient<ApiRouter>

/**
 * Creates the typed client of a gateway: the official tRPC client with the contract's types, without the server's code and
 * without zod. Queries and mutations are HTTP requests. Subscriptions are server-sent events that reconnect and resume after
 * the last event.
 *
 * @param options - `url` (base URL), `token` and the other fields of {@link ClientOptions}.
 * @returns A client. It keeps no connection open but those of running subscriptions, so it needs no closing.
 * @throws TRPCClientError from every call. {@link isGatewayError} distinguishes errors that the gateway answered from lost connections.
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
