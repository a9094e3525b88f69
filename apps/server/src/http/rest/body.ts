import { GatewayError } from '@easemob-gateway/contracts'
import { isTooDeep } from '../../invoke/validation.ts'
import { Repeated } from './coerce.ts'

/** Fields of a query or a body, by name. */
export type Fields = Map<string, unknown>

/**
 * Reads a body of any kind the legacy callers send: JSON, an urlencoded form, a multipart form, with or without a
 * Content-Type. Numbers too large for JavaScript come out as they were written, no digit lost.
 *
 * @throws GatewayError MALFORMED_BODY
 */
export async function readBody(bytes: Uint8Array, contentType: string | undefined): Promise<Fields> {
  if (bytes.length === 0) return new Map()
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'multipart/form-data' && contentType !== undefined) return readMultipart(bytes, contentType)
  const text = new TextDecoder().decode(bytes).trim()
  if (text === '') return new Map()
  // Tools that are given JSON and no type call it a form: no form of ours begins like this.
  if (type.endsWith('json') || text.startsWith('{') || text.startsWith('[')) return readJson(text)
  return readPairs(text)
}

// Up to 2,000 members, each a field of its own, and room for whatever else.
const mostFields = 10_000

/**
 * Reads a query or an urlencoded form.
 * @throws GatewayError MALFORMED_BODY for more fields than anyone needs: half a million of them fit into a body
 */
export function readPairs(text: string): Fields {
  if (text.split('&', mostFields + 1).length > mostFields)
    throw malformed(`it has more than ${mostFields} fields`)
  return gather(new URLSearchParams(text))
}

/** Names with brackets (`members[]`, `members[0]`) and repeated names are one field with several values. */
export function gather(pairs: Iterable<readonly [string, unknown]>): Fields {
  const gathered = new Map<string, unknown[]>()
  for (const [written, value] of pairs) {
    const name = written.replace(/\[\d*\]$/, '')
    // One list that grows: a copy for each of a hundred thousand repeats would keep everyone else waiting for a minute.
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
  // What a number cannot hold stays as it was written, for the schema to take or to refuse.
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
