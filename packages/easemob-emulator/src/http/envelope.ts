import type { Call } from './call.ts'

/** The fields of one answer; `envelope` adds those that all answers share. */
export interface Answer {
  /** default: the method in lower case */
  readonly action?: string
  /** `/users`, `/messages/users`; absent on chatgroups */
  readonly path?: string
  /** path after `/{org}/{app}`; default: the path of the call */
  readonly uri?: string
  readonly entities?: readonly unknown[]
  readonly data?: unknown
  readonly count?: number
  readonly total?: number
  readonly cursor?: string | undefined
  readonly properties?: boolean
  /** false: without application, applicationName and organization */
  readonly application?: boolean
}

/** The vendor's success envelope as JSON text. */
export function envelope(call: Call, answer: Answer): string {
  const { url, org, app, applicationId } = call.emulated
  const withApplication = answer.application !== false
  return JSON.stringify({
    action: answer.action ?? call.method.toLowerCase(),
    application: withApplication ? applicationId : undefined,
    path: answer.path,
    uri: `${url}/${org}/${app}${answer.uri ?? call.path}`,
    params: echo(call.query),
    entities: answer.entities,
    data: answer.data,
    timestamp: call.at,
    duration: call.duration,
    organization: withApplication ? org : undefined,
    applicationName: withApplication ? app : undefined,
    properties: answer.properties ? {} : undefined,
    total: answer.total,
    cursor: answer.cursor,
    count: answer.count,
  })
}

/** The envelope of the chatgroups endpoints: empty `entities`, the result in `data`. */
export const groupAnswer = (call: Call, data: unknown, more: Answer = {}): string =>
  envelope(call, { entities: [], data, properties: true, ...more })

/** The short answer of some users endpoints: only `action`, `timestamp`, `duration` and `more`. */
export const bareAnswer = (
  call: Call,
  action: string,
  more: Readonly<Record<string, unknown>> = {},
): string => JSON.stringify({ action, ...more, timestamp: call.at, duration: call.duration })

function echo(query: URLSearchParams): Record<string, string[]> | undefined {
  if (query.size === 0) return undefined
  return Object.fromEntries([...new Set(query.keys())].map(key => [key, query.getAll(key)]))
}
