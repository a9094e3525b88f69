import { GatewayError } from '@easemob-gateway/contracts'
import { isTooDeep } from '../../invoke/validation.ts'
import { Repeated } from './coerce.ts'

/** Fields of a query or a body, by name. */
export type Fields = Map<string, unknown>

/**
 * Parses a body in any format that legacy callers send: JSON, an urlencoded form or a multipart form, with or without a
 * Content-Type. Integers beyond JavaScript's safe range are returned as text, without loss of digits.
 *
 * @throws GatewayError MALFORMED_BODY
 */
export async function readBody(bytes: Uint8Array, contentType: string | undefined): Promise<Fields> {
  if (bytes.length === 0) return new Map()
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'multipart/form-data' && contentType !== undefined) return readMultipart(bytes, contentType)
  const text = new TextDecoder().decode(bytes).trim()
  if (text === '') return new Map()
  // curl and others declare JSON as a form unless told otherwise; no form of the legacy callers begins with a bracket.
  if (type.endsWith('json') || text.startsWith('{') || text.startsWith('[')) return readJson(text)
  return readPairs(text)
}

// A group has up to 2,000 members, each of which may be a field.
const maxFields = 10_000

/**
 * Parses a query or an urlencoded form.
 * @throws GatewayError MALFORMED_BODY for more than 10,000 fields
 */
export function readPairs(text: string): Fields {
  if (text.split('&', maxFields + 1).length > maxFields)
    throw malformed(`it has more than ${maxFields} fields`)
  return gather(new URLSearchParams(text))
}

/** Collects pairs into fields: names with brackets (`members[]`, `members[0]`) and repeated names become one field. */
export function gather(pairs: Iterable<readonly [string, unknown]>): Fields {
  const gathered = new Map<string, unknown[]>()
  for (const [written, value] of pairs) {
    const name = written.replace(/\[\d*\]$/, '')
    // Append in place: copying the list for each of 100,000 repeated names would block the event loop for a minute.
    const values = gathered.get(name)
    if (values) values.push(value)
    else gathered.set(name, [value])
  }
  return new Map(
    Array.from(gathered, ([name, values]) => [name, values.length === 1 ? values[0] : new Repeated(values)]),
  )
}

function readJson(text: string): Fields {
  let value: unknown
  try {
    value = JSON.parse(text, exactIntegers)
  } catch (cause) {
    throw malformed('it is not valid JSON', cause)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw malformed('it is not a JSON object')
  if (isTooDeep(value)) throw malformed('it is nested too deep')
  return gather(Object.entries(value))
}

function exactIntegers(_: string, value: unknown, context?: { source?: string }): unknown {
  // The text of the number, for the schema to accept or to refuse.
  return typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER ? context?.source : value
}

async function readMultipart(bytes: Uint8Array, contentType: string): Promise<Fields> {
  try {
    const form = await new Response(Buffer.from(bytes), {
      headers: { 'content-type': contentType },
    }).formData()
    return gather(form)
  } catch (cause) {
    throw malformed('it is not a valid multipart form', cause)
  }
}

const malformed = (why: string, cause?: unknown) =>
  new GatewayError('MALFORMED_BODY', { values: { why }, cause })
