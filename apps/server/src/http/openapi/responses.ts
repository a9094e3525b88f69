import { type ErrorKey, errorTable, type Operation, type Route } from '@easemob-gateway/contracts'
import type { Json, SchemaBook } from './schemas.ts'

const reasonSchema = { $ref: '#/components/schemas/Reason' }
const texts = { type: 'array', items: { type: 'string' } }
const limitHeaders = {
  'X-RateLimit-Limit': { $ref: '#/components/headers/X-RateLimit-Limit' },
  'X-RateLimit-Remaining': { $ref: '#/components/headers/X-RateLimit-Remaining' },
}

/** The schemas of error responses. */
export const errorSchemas: Json = {
  Reason: {
    type: 'string',
    description: 'What a client should branch on; the same in REST and tRPC',
    enum: [...new Set(Object.values(errorTable).map(({ reason }) => reason))],
  },
  Refusal: {
    type: 'object',
    properties: { message: texts, reason: reasonSchema },
    required: ['message', 'reason'],
  },
  NotSignedIn: {
    type: 'object',
    properties: { message: { type: 'string', const: 'Unauthenticated.' }, reason: reasonSchema },
    required: ['message', 'reason'],
  },
  InvalidInput: {
    type: 'object',
    properties: {
      message: { type: 'string', description: 'the first of the texts' },
      errors: { type: 'object', description: 'texts by field', additionalProperties: texts },
      reason: reasonSchema,
    },
    required: ['message', 'reason'],
  },
}

/** The headers of responses. */
export const responseHeaders: Json = {
  'X-RateLimit-Limit': { description: 'Requests a minute', schema: { type: 'integer' } },
  'X-RateLimit-Remaining': { description: 'Requests left in this minute', schema: { type: 'integer' } },
  'Retry-After': { description: 'Seconds after which a retry makes sense', schema: { type: 'integer' } },
}

/** The responses of an operation's route, by status. */
export function responsesOf(operation: Operation, route: Route, book: SchemaBook): Json {
  const byStatus = new Map<number, ErrorKey[]>()
  for (const key of possibleErrors(operation, route))
    byStatus.set(errorTable[key].status, [...(byStatus.get(errorTable[key].status) ?? []), key])
  const refusals = [...byStatus].map(([status, keys]) => [String(status), refusal(status, keys)])
  return { [String(route.status)]: success(operation, route, book), ...Object.fromEntries(refusals) }
}

function success({ output }: Operation, { status, message }: Route, book: SchemaBook): Json {
  if (status === 204) return { description: 'Done', headers: limitHeaders }
  return { description: 'Done', headers: limitHeaders, ...json(envelope(book.output(output), message)) }
}

/** The schema of a success: the output with the route's message, or an empty list when there is no output. */
function envelope(output: Json, message: string | undefined): Json {
  if (output['type'] === 'null') return { type: 'array', maxItems: 0, description: 'always empty' }
  if (message === undefined) return output
  const { properties, required, ...rest } = output
  const texts = { type: 'array', items: { type: 'string' }, examples: [[message]] }
  return {
    ...rest,
    properties: { message: texts, ...Object(properties) },
    required: ['message', ...(Array.isArray(required) ? required : [])],
  }
}

function refusal(status: number, keys: readonly ErrorKey[]): Json {
  const description = keys.map(key => `\`${errorTable[key].reason}\` ${errorTable[key].zh}`).join(' · ')
  const schema =
    status === 401 ? 'NotSignedIn' : keys.includes('VALIDATION_FAILED') ? 'InvalidInput' : 'Refusal'
  const later = status === 429 || status === 503
  return {
    description,
    headers: later
      ? { ...limitHeaders, 'Retry-After': { $ref: '#/components/headers/Retry-After' } }
      : limitHeaders,
    ...json(
      schema === 'InvalidInput' && keys.length > 1
        ? { anyOf: [refTo('InvalidInput'), refTo('Refusal')] }
        : refTo(schema),
    ),
  }
}

const refTo = (name: string): Json => ({ $ref: `#/components/schemas/${name}` })
const json = (schema: Json): Json => ({ content: { 'application/json': { schema } } })

const openToAll: ReadonlySet<string> = new Set(['user', 'self', 'group.see'])

function possibleErrors({ access, errors }: Operation, { method }: Route): ErrorKey[] {
  const withBody = method !== 'GET'
  return [
    ...(withBody ? (['MALFORMED_BODY', 'PAYLOAD_TOO_LARGE'] as const) : []),
    ...(openToAll.has(access) ? [] : (['FORBIDDEN'] as const)),
    'UNAUTHENTICATED',
    'USER_NOT_FOUND',
    ...errors,
    'VALIDATION_FAILED',
    'RATE_LIMITED',
    'INTERNAL',
    'VENDOR_REFUSED',
    'VENDOR_UNAVAILABLE',
    'UNAVAILABLE',
    'NOT_CONFIGURED',
  ]
}
