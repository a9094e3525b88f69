import { invalidRequestBody, messageError } from '../http/errors.ts'
import { isObject, isStrings, type JsonObject, text } from '../http/fields.ts'

/** Bytes that `body` and `ext` may have together, as JSON. */
const SIZE = 5 * 1024
const TEXT_FIELDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['txt', ['msg']],
  ['img', ['url']],
  ['audio', ['url']],
  ['video', ['url']],
  ['file', ['url']],
  ['loc', ['lat', 'lng', 'addr']],
  ['cmd', ['action']],
  ['custom', ['customEvent']],
])

/** What the body of a send call holds once checked (§4.1). */
export interface Outgoing {
  readonly from: string
  readonly to: readonly string[]
  readonly type: string
  readonly body: JsonObject
  readonly ext: JsonObject | undefined
}

/** @param most recipients in one call: users 600, chatgroups 3, chatrooms 10 */
export function outgoing(value: unknown, most: number): Outgoing {
  if (!isObject(value)) throw invalidRequestBody()
  const from = value['from'] === undefined ? 'admin' : text(value['from'])
  if (from === undefined) throw messageError("param from can't be empty")
  const to = value['to']
  if (!isStrings(to) || to.length === 0 || to.includes('')) throw messageError("param to can't be empty")
  if (to.length > most) throw messageError(`params to's size can't exceed limit ${most}`)
  const type = text(value['type'])
  if (type === undefined) throw messageError("param type can't be empty")
  const { body, ext } = value
  if (body === undefined || body === null) throw messageError("param body can't be empty")
  if (!isObject(body)) throw invalidRequestBody()
  if (ext !== undefined && !isObject(ext)) throw messageError('param ext must be JSONObject')
  const required = TEXT_FIELDS.get(type)
  if (required === undefined || !required.every(key => typeof body[key] === 'string'))
    throw invalidRequestBody()
  if (!fits(body, ext)) throw messageError('message is too large')
  return { from, to, type, body, ext }
}

const jsonBytes = (value: unknown) => (value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value)))

/** Whether `body` and `ext` together fit. */
export const fits = (body: unknown, ext: unknown): boolean => jsonBytes(body) + jsonBytes(ext) <= SIZE
