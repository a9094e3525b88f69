import { invalidRequestBody, messageError } from '../http/errors.ts'
import { isObject, isStrings, type JsonObject, text } from '../http/fields.ts'

/** Limit in bytes of `body` and `ext` together, as JSON. */
const MAX_BYTES = 5 * 1024
/** The string fields that the body of each message type must have. */
const REQUIRED_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['txt', ['msg']],
  ['img', ['url']],
  ['audio', ['url']],
  ['video', ['url']],
  ['file', ['url']],
  ['loc', ['lat', 'lng', 'addr']],
  ['cmd', ['action']],
  ['custom', ['customEvent']],
])

/** The body of a send call, checked. */
export interface MessageInput {
  readonly from: string
  readonly to: readonly string[]
  readonly type: string
  readonly body: JsonObject
  readonly ext: JsonObject | undefined
}

/**
 * Checks the body of a send call.
 *
 * @param maxRecipients in one call: users 600, chatgroups 3, chatrooms 10
 * @throws VendorError 400
 */
export function messageInput(value: unknown, maxRecipients: number): MessageInput {
  if (!isObject(value)) throw invalidRequestBody()
  const from = value['from'] === undefined ? 'admin' : text(value['from'])
  if (from === undefined) throw messageError("param from can't be empty")
  const to = value['to']
  if (!isStrings(to) || to.length === 0 || to.includes('')) throw messageError("param to can't be empty")
  if (to.length > maxRecipients) throw messageError(`params to's size can't exceed limit ${maxRecipients}`)
  const type = text(value['type'])
  if (type === undefined) throw messageError("param type can't be empty")
  const { body, ext } = value
  if (body === undefined || body === null) throw messageError("param body can't be empty")
  if (!isObject(body)) throw invalidRequestBody()
  if (ext !== undefined && !isObject(ext)) throw messageError('param ext must be JSONObject')
  const required = REQUIRED_FIELDS.get(type)
  if (required === undefined || !required.every(key => typeof body[key] === 'string'))
    throw invalidRequestBody()
  if (!fitsSizeLimit(body, ext)) throw messageError('message is too large')
  return { from, to, type, body, ext }
}

const jsonBytes = (value: unknown) => (value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value)))

/** Whether `body` and `ext` together are within the size limit. */
export const fitsSizeLimit = (body: unknown, ext: unknown): boolean =>
  jsonBytes(body) + jsonBytes(ext) <= MAX_BYTES
