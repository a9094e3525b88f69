import type { Call } from '../http/call.ts'
import { envelope } from '../http/envelope.ts'
import { illegalArgument } from '../http/errors.ts'
import { isObject, isStrings, text } from '../http/fields.ts'
import { deliver } from './deliver.ts'
import { fitsSizeLimit } from './message-rules.ts'

const isTarget = (value: unknown): value is 'users' | 'chatgroups' | 'chatrooms' =>
  value === 'users' || value === 'chatgroups' || value === 'chatrooms'

/** `POST /messages`: answers `success` for each recipient, or its message id with `useMsgId=true`. */
export function sendLegacy(call: Call): string {
  const fields = call.object()
  const { target_type: target, target: to, msg, ext } = fields
  if (!isTarget(target)) {
    throw illegalArgument("target_type can only be 'users' or 'chatgroups' or 'chatrooms'")
  }
  const from = fields['from'] === undefined ? 'admin' : text(fields['from'])
  if (from === undefined) throw illegalArgument("from can't be empty")
  const type = isObject(msg) ? text(msg['type']) : undefined
  if (!isStrings(to) || to.length === 0 || !isObject(msg) || type === undefined) {
    throw illegalArgument('this is an invalid request.')
  }
  if (ext !== undefined && !isObject(ext)) throw illegalArgument('this is an invalid request.')
  if (!fitsSizeLimit(msg, ext)) throw illegalArgument('message is too large')
  const { type: _, ...body } = msg
  const sent = deliver(call, target, { from, to, type, body, ext })
  const withIds = call.query.get('useMsgId') === 'true'
  const data = Object.fromEntries(sent.map(([name, id]) => [name, withIds ? id : 'success']))
  return envelope(call, { entities: [], data })
}
