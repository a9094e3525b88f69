import type { VendorError } from './vendor-error.ts'

/** A complete HTTP answer. */
export interface Reply {
  readonly status: number
  readonly body: string
  readonly headers: Readonly<Record<string, string>>
}

const JSON_HEADERS = { 'content-type': 'application/json;charset=UTF-8' } as const

/** A 200 with JSON text. */
export const okReply = (body: string): Reply => ({ status: 200, body, headers: JSON_HEADERS })

/** The vendor's error envelope. */
export const errorReply = (error: VendorError, at: number, duration: number): Reply => ({
  status: error.status,
  body: JSON.stringify({
    error: error.code,
    exception: error.exception,
    timestamp: at,
    duration,
    error_description: error.message,
  }),
  headers: JSON_HEADERS,
})
