/** One HTTP request to the vendor. */
export type WireRequest = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  path: string
  token: string | undefined
  body: string | undefined
  /** Limit in ms, counted from handing the request to the pool until the whole body has been read. */
  timeoutMs: number
  signal: AbortSignal | undefined
}

/** The vendor's answer to a request, whatever its status. */
export type WireAnswer = {
  status: number
  text: string
  contentType: string
  retryAfter: string | undefined
  requestId: string | undefined
}

/**
 * Why a request got no usable answer. `arrived` is false only when no byte of the request can have reached the server, so that sending
 * it again is safe for any operation.
 */
export class WireFailure {
  readonly kind: 'broken' | 'timeout' | 'aborted' | 'too_large'
  readonly arrived: boolean
  /** Code and message of the cause. Never holds bytes of the request or the answer, which may contain a token. */
  readonly detail: string
  constructor(kind: WireFailure['kind'], arrived: boolean, detail: string) {
    this.kind = kind
    this.arrived = arrived
    this.detail = detail
  }
}
