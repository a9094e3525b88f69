import type { ApiRouter } from '@easemob-gateway/contracts'
import { httpSubscriptionLink, TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import { EventSource, type FetchLike } from 'eventsource'
import { type ClientOptions, requestHeaders, trpcUrl } from './options.ts'

/** The state of one subscription's connection. */
interface Connection {
  opened: boolean
  /** The error that refused the connection; the event source itself knows only the status. */
  refusal?: TRPCClientError<ApiRouter>
}

/**
 * A tRPC link for subscriptions over server-sent events. The token is sent as a header and fetched again on every reconnect.
 * A refused connection fails with the same error as a refused call.
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
      // A failed token function ends the subscription, because reconnecting would fail in the same way.
      return refuse(Object(cause), 401)
    }
    const response = await fetch(url, { ...init, headers })
    if (response.ok) {
      connection.opened = true
      return response
    }
    // An event source stops on any status but 200, but a thrown error makes it reconnect, which outlasts a restart of the gateway.
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
