import type { Call } from '../http/call.ts'
import { envelope } from '../http/envelope.ts'
import { illegalArgument } from '../http/errors.ts'
import { isObject } from '../http/fields.ts'
import { namedUser, type Route, route } from './route.ts'

const BYTES = 2048

/** Merges the given attributes into the stored ones. The body is a form, as at the vendor, or JSON. */
function putMetadata(call: Call): string {
  const { name } = namedUser(call)
  const entries = { ...call.state.people.metadata(name), ...entriesOf(call) }
  if (Buffer.byteLength(JSON.stringify(entries)) > BYTES) throw illegalArgument('user metadata is too large')
  call.emulated.store.commit({ op: 'metadata', name, entries })
  return envelope(call, { data: entries })
}

const getMetadata = (call: Call) => envelope(call, { data: call.state.people.metadata(namedUser(call).name) })

function deleteMetadata(call: Call): string {
  call.emulated.store.commit({ op: 'metadata', name: namedUser(call).name, entries: {} })
  return envelope(call, { data: true })
}

function entriesOf(call: Call): Record<string, string> {
  if (!call.bodyText.trimStart().startsWith('{')) {
    return Object.fromEntries(new URLSearchParams(call.bodyText))
  }
  const body = call.json()
  if (!isObject(body)) return {}
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, String(value)]))
}

const path = '/metadata/user/:username'

/** The attributes of a user, up to 2 KB in total. */
export const metadataRoutes: readonly Route[] = [
  route('PUT', path, 'users.metadata.put', putMetadata),
  route('GET', path, 'users.metadata.get', getMetadata),
  route('DELETE', path, 'users.metadata.delete', deleteMetadata),
]
