import type { ApiRouter } from '@easemob-gateway/contracts'
import { httpSubscriptionLink, TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { EventSource, type FetchLike } from 'eventsource'
import { type ClientOptions, requestHeaders, trpcUrl } from './options.ts'

/** What one subscription knows of its connection. */
interface Connection {
  opened: boolean
  /** Why it was refused, where an event source would only know a status. */
  refusal?: TRPCClientError<ApiRouter>
}

/**
 * Subscriptions over server-sent events. The token travels as a header, asked for again on every reconnect, and the
 * refusal of a connection becomes the same error as that of a call.
 */
export function subscriptionLink(options: ClientOptions): TRPCLink<ApiRouter> {
  const connections = new WeakMap<object, Connection>()
  const events = httpSubscriptionLink<ApiRouter, typeof EventSource>({
    url: trpcUrl(options),
    EventSource,
    eventSourceOptions: ({ op }) => ({
      fetch: connector(options, connections.get(op.context) ?? { opened: false }),
    }),
  })
  return runtime => {
    const next = events(runtime)
    return ({ op }) =>
      observable(observer => {
        const connection: Connection = { opened: false }
        const context = { ...op.context }
        connections.set(context, connection)
        return next({
          op: { ...op, context },
          next: () => observable(nothing => nothing.complete()),
        }).subscribe({
          next: value => observer.next(value),
          error: error => observer.error(connection.refusal ?? error),
          complete: () => observer.complete(),
        })
      })
  }
}

function connector(options: ClientOptions, connection: Connection): FetchLike {
  const fetch = options.fetch ?? globalThis.fetch
  const refuse = (cause: object, status: number) => {
    connection.refusal = TRPCClientError.from<ApiRouter>(cause)
    return { body: null, url: '', status, redirected: false, headers: new Headers() }
  }
  return async (url, init) => {
    let headers: Record<string, string>
    try {
      headers = { ...init.headers, ...(await requestHeaders(options)) }
    } catch (cause) {
      // Without a token there is nothing to reconnect with, so that ends the subscription.
      return refuse(Object(cause), 401)
    }
    const response = await fetch(url, { ...init, headers })
    if (response.ok) {
      connection.opened = true
      return response
    }
    // An event source gives up for good on any status but 200; a gateway restarting behind a proxy is worth waiting for.
    if (connection.opened && (response.status >= 500 || response.status === 429)) {
      await response.body?.cancel()
      throw new TypeError(`The gateway answered ${response.status}; connecting again`)
    }
    const body: unknown = await response.json().catch(() => null)
    return refuse(
      typeof body === 'object' && body ? body : new Error(`The gateway answered ${response.status}`),
      response.status,
    )
  }
}
