/**
 * A bearer token (a JWT that the gateway accepts), or a function that is called for one before every request and reconnect.
 * @example const token: Token = async () => (await session()).token
 */
export type Token = string | (() => string | Promise<string>)

/**
 * Options of `createClient`.
 * @example const options: ClientOptions = { url: 'https://im.example.com', token: () => session.token }
 */
export interface ClientOptions {
  /** Base URL of the gateway, without `/trpc`: `https://im.example.com`. It may have a path, to which `/trpc` is appended. */
  readonly url: string | URL
  /** Sent as `Authorization: Bearer …`. Without a token every operation answers `UNAUTHENTICATED`. */
  readonly token?: Token
  /** More headers for every request, such as `accept-language: zh` for Chinese error texts. */
  readonly headers?: Readonly<Record<string, string>>
  /** The `fetch` to use, for example one with a proxy. Default: the global one. */
  readonly fetch?: typeof globalThis.fetch
  /**
   * Whether calls made in the same tick share a request, at most 10 in each. Default `false`: one request per call, which
   * the gateway answers fastest.
   */
  readonly batch?: boolean
}

/** The address of the tRPC adapter under the base URL. */
export function trpcUrl({ url }: ClientOptions): string {
  return `${String(url).replace(/\/+$/, '')}/trpc`
}

/** The headers of one request, with the current token. */
export async function requestHeaders({ token, headers }: ClientOptions): Promise<Record<string, string>> {
  const bearer = typeof token === 'function' ? await token() : token
  return bearer ? { ...headers, authorization: `Bearer ${bearer}` } : { ...headers }
}
