import { GatewayError } from '@easemob-gateway/contracts'
import { Repeated } from './coerce.ts'

/** Fields of a query or a body, by name. */
export type Fields = Map<string, unknown>

const deepest = 32

/**
 * Reads a body of any kind the legacy callers send: JSON, an urlencoded form, a multipart form, with or without a
 * Content-Type. Integers too large for a JavaScript number come out as their digits, none lost.
 *
 * @throws GatewayError MALFORMED_BODY
 */
export async function readBody(bytes: Uint8Array, contentType: string | undefined): Promise<Fields> {
  if (bytes.length === 0) return new Map()
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'multipart/form-data' && contentType !== undefined) return readMultipart(bytes, contentType)
  const text = new TextDecoder().decode(bytes).trim()
  if (text === '') return new Map()
  const looksLikeJson = text.startsWith('{') || text.startsWith('[')
  if (type.endsWith('json') || (looksLikeJson && type !== 'application/x-www-form-urlencoded'))
    return readJson(text)
  return gather(new URLSearchParams(text))
}

/** Names with brackets (`members[]`, `members[0]`) and repeated names are one field with several values. */
export function gather(pairs: Iterable<readonly [string, unknown]>): Fields {
  const fields: Fields = new Map()
  for (const [written, value] of pairs) {
    const name = written.replace(/\[\d*\]$/, '')
    const before = fields.get(name)
    if (before instanceof Repeated) fields.set(name, new Repeated([...before.values, value]))
    else fields.set(name, before === undefined ? value : new Repeated([before, value]))
  }
  return fields
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
  if (depth(value) > deepest) throw malformed(`it is nested more than ${deepest} levels deep`)
  return gather(Object.entries(value))
}

function exactIntegers(_: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value)) return value
  const source = context?.source
  return source !== undefined && /^-?\d+$/.test(source) ? source : value
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

/** How deep a value is nested; stops counting just past the limit. */
export function depth(value: unknown, level = 1): number {
  if (typeof value !== 'object' || value === null || level > deepest) return level
  let most = level
  for (const item of Object.values(value)) most = Math.max(most, depth(item, level + 1))
  return most
}

const malformed = (why: string, cause?: unknown) =>
  new GatewayError('MALFORMED_BODY', { values: { why }, cause })
