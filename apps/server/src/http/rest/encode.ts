import { errorText, type GatewayError, type Language, type Route } from '@easemob-gateway/contracts'
import type { Incoming } from '../../invoke/call.ts'
import { answer } from '../answer.ts'
import { type Json, toJson } from '../json.ts'

/** Status and body of a legacy response; null for no body. */
export interface Encoded {
  readonly status: number
  readonly body: Json | null
}

const contentType = { 'content-type': 'application/json; charset=utf-8' }

/** Makes a response in the legacy format. */
export function reply(incoming: Incoming, { status, body }: Encoded, error?: GatewayError): Response {
  return answer(incoming, status, body, body === null ? {} : contentType, error)
}

/** Makes an error response in the legacy format. */
export function refuse(incoming: Incoming, error: GatewayError): Response {
  return reply(incoming, encodeError(error, incoming.language), error)
}

/** Encodes an output, with the route's message; no output becomes an empty list, and 204 has no body. */
export function encodeSuccess({ status, message }: Route, output: unknown): Encoded {
  if (status === 204) return { status, body: null }
  if (output === null || output === undefined) return { status, body: '[]' }
  const body =
    message !== undefined && typeof output === 'object' ? { message: [message], ...output } : output
  return { status, body: toJson(body) }
}

/**
 * Encodes an error. `message` is a list, except for UNAUTHENTICATED and VALIDATION_FAILED, for which the legacy system
 * answered a string; the latter has the texts by field in `errors`.
 */
export function encodeError(error: GatewayError, language: Language): Encoded {
  const { key, reason, status, details } = error
  const text = errorText(key, language, details)
  const errors = details.fields
  if (key === 'UNAUTHENTICATED') return { status, body: JSON.stringify({ message: text, reason }) }
  if (key === 'VALIDATION_FAILED') {
    const first = Object.values(errors ?? {})[0]?.[0] ?? text
    return { status, body: JSON.stringify({ message: first, errors: errors ?? {}, reason }) }
  }
  return { status, body: JSON.stringify({ message: [text], reason, ...(errors ? { errors } : {}) }) }
}
