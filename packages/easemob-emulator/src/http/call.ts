import type { Emulated } from '../emulated.ts'
import { illegalArgument, jsonParse } from './errors.ts'
import { isObject, type JsonObject } from './fields.ts'
import type { Claims } from './tokens.ts'

/** A request to the vendor's API, as handlers see it. */
export class Call {
  readonly emulated: Emulated
  readonly method: string
  /** path after `/{org}/{app}` */
  readonly path: string
  readonly query: URLSearchParams
  readonly params: Readonly<Record<string, string>>
  readonly authorization: string | undefined
  /** the body as text; empty when there is none */
  readonly bodyText: string
  /** when the call began, ms since the epoch on the emulator's clock */
  readonly at: number
  /** set when the token has been checked; undefined on calls that need none */
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

  /** ms since the call began, rounded */
  get duration(): number {
    return Math.round(performance.now() - this.#started)
  }

  /** A path parameter. @throws TypeError when the route does not define it */
  param(name: string): string {
    const value = this.params[name]
    if (value === undefined) throw new TypeError(`route ${this.path} has no parameter ${name}`)
    return value
  }

  /** The body parsed as JSON, whatever its Content-Type; `{}` when there is none. @throws VendorError 400 */
  json(): unknown {
    if (this.bodyText === '') return {}
    try {
      return JSON.parse(this.bodyText)
    } catch (error) {
      throw jsonParse(error instanceof Error ? error.message : 'Unexpected character')
    }
  }

  /** The body as a JSON object. @throws VendorError 400 */
  object(): JsonObject {
    const body = this.json()
    if (!isObject(body)) throw illegalArgument('request body must be a JSON object')
    return body
  }
}

/** The parts of a request that a {@link Call} is made of. */
export interface CallRequest {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly params: Readonly<Record<string, string>>
  readonly authorization: string | undefined
  readonly bodyText: string
}

/** Carries a call out, synchronously, and returns the JSON text of a 200. @throws VendorError for any other status */
export type Handler = (call: Call) => string
