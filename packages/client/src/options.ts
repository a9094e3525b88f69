/** A bearer token (a JWT the gateway accepts), or a function asked for one before every request and reconnect. */
export type Token = string | (() => string | Promise<string>)

/** Options of `createClient`. */
export interface ClientOptions {
  /** Base URL of the gateway, without `/trpc`: `https://im.example.com`. A path in front is kept. */
  readonly url: string | URL
  /** Sent as `Authorization: Bearer …`. Without one every operation answers `UNAUTHENTICATED`. */
  readonly token?: Token
  /** More headers for every request, such as `accept-language: zh` for Chinese error texts. */
  readonly headers?: Readonly<Record<string, string>>
  /** The `fetch` to use, for a proxy or a dispatcher of your own. Default: the global one. */
  readonly fetch?: typeof globalThis.fetch
  /**
   * Sends calls of the same tick in one request, at most 10 in each. Default: `false`, one request a call, which the
   * gateway answers on its shortest path.
   */
  readonly batch?: boolean
}

/** The address of the tRPC face below the base URL. */
export function trpcUrl({ url }: ClientOptions): string {
  return `${String(url).replace(/\/+$/, '')}/trpc`
}

/** The headers of one request, with the token as it is now. */
export async function requestHeaders({ token, headers }: ClientOptions): Promise<Record<string, string>> {
  const bearer = typeof token === 'function' ? await token() : token
  return bearer ? { ...headers, authorization: `Bearer ${bearer}` } : { ...headers }
}
