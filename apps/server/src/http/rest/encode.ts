import { errorText, type GatewayError, type Language, type Route } from '@easemob-gateway/contracts'
import type { Incoming } from '../../invoke/call.ts'
import { answer } from '../answer.ts'
import { type Json, toJson } from '../json.ts'

/** Status and body of a legacy answer; null for no body. */
export interface Encoded {
  readonly status: number
  readonly body: Json | null
}

const contentType = { 'content-type': 'application/json; charset=utf-8' }

/** An answer in the legacy shape. */
export function reply(incoming: Incoming, { status, body }: Encoded, error?: GatewayError): Response {
  return answer(incoming, status, body, body === null ? {} : contentType, error)
}

/** A refusal in the legacy shape. */
export function refuse(incoming: Incoming, error: GatewayError): Response {
  return reply(incoming, encodeError(error, incoming.language), error)
}

/** A success: with the route's message, the empty list where there is nothing to say, no body for 204. */
export function encodeSuccess({ status, message }: Route, output: unknown): Encoded {
  if (status === 204) return { status, body: null }
  if (output === null || output === undefined) return { status, body: '[]' }
  const body =
    message !== undefined && typeof output === 'object' ? { message: [message], ...output } : output
  return { status, body: toJson(body) }
}

/**
 * A refusal. `message` is a list, except where the legacy system answered a string: not signed in, and a validation
 * error, whose `errors` carry the texts by field.
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
