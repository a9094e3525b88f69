import type { Emulated } from '../emulated.ts'
import { illegalArgument, jsonParse } from './errors.ts'
import { isObject, type JsonObject } from './fields.ts'
import type { Claims } from './tokens.ts'

/** One request to the vendor's API, as a handler sees it. */
export class Call {
  readonly emulated: Emulated
  readonly method: string
  /** path after `/{org}/{app}` */
  readonly path: string
  readonly query: URLSearchParams
  readonly params: Readonly<Record<string, string>>
  readonly authorization: string | undefined
  /** the body as text, '' if there was none */
  readonly bodyText: string
  /** on the emulator's clock */
  readonly at: number
  /** set once the token has been checked; undefined on calls that need none */
  claims: Claims | undefined
  readonly #started = performance.now()

  constructor(emulated: Emulated, request: CallRequest) {
    this.emulated = emulated
    this.method = request.method
    this.path = request.path
    this.query = request.query
    this.params = request.params
    this.authorization = request.authorization
    this.bodyText = request.bodyText
    this.at = emulated.store.now()
  }

  get state() {
    return this.emulated.store.state
  }

  /** ms this call has taken so far, whole */
  get duration(): number {
    return Math.round(performance.now() - this.#started)
  }

  /** A path parameter; a route without it is a mistake of ours. */
  param(name: string): string {
    const value = this.params[name]
    if (value === undefined) throw new TypeError(`route ${this.path} has no parameter ${name}`)
    return value
  }

  /** The body parsed, whatever its Content-Type; `{}` where there is none. */
  json(): unknown {
    if (this.bodyText === '') return {}
    try {
      return JSON.parse(this.bodyText)
    } catch (error) {
      throw jsonParse(error instanceof Error ? error.message : 'Unexpected character')
    }
  }

  /** The body as a JSON object. */
  object(): JsonObject {
    const body = this.json()
    if (!isObject(body)) throw illegalArgument('request body must be a JSON object')
    return body
  }
}

/** What the HTTP server found out about a request. */
export interface CallRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly params: Readonly<Record<string, string>>
  readonly authorization: string | undefined
  readonly bodyText: string
}

/** A handler does the work at once and gives the JSON text of a 200, or throws a `VendorError`. */
export type Handler = (call: Call) => string
