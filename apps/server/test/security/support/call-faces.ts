import { contract, type Operation, walk } from '@easemob-gateway/contracts'
import { field } from '../../support/wire.ts'
import { callCli } from './call-cli.ts'

/** The ways to an operation: tRPC alone, in a batch and as a stream, REST at both bases, and the command line. */
export type Face = 'trpc' | 'batch' | 'stream' | 'rest' | 'rest v2' | 'cli'

export const operations: ReadonlyMap<string, Operation> = new Map(walk(contract))

/** Every face that leads to an operation. */
export function facesOf({ kind, route }: Operation): Face[] {
  if (kind === 'subscription') return ['stream', 'cli']
  return route ? ['trpc', 'batch', 'rest', 'rest v2', 'cli'] : ['trpc', 'batch', 'cli']
}

/** An answer of any face: its status with the reason, `403 FORBIDDEN`, or the status alone; of the command line its exit code. */
export type Outcome = string

/** A refusal as a face tells it: `403 FORBIDDEN`, and by the command line `1 FORBIDDEN`. */
export function refusalBy(face: Face, refusal: Outcome): Outcome {
  return face === 'cli' ? refusal.replace(/^\d+/, '1') : refusal
}

const json = { 'content-type': 'application/json' }

/** Calls an operation by one of its faces. @param token null for none */
export async function callFace(
  url: string,
  path: string,
  face: Face,
  input: Readonly<Record<string, unknown>>,
  token: string | null,
): Promise<Outcome> {
  const operation = operations.get(path)
  if (!operation) throw new Error(`no operation ${path}`)
  if (face === 'cli') return callCli(url, path, input, token)
  const authorization: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` }
  const [target, init] = request(path, operation, face, input)
  const response = await fetch(`${url}${target}`, {
    ...init,
    headers: { ...authorization, ...init.headers },
  })
  return outcomeOf(face, response.status, await response.text())
}

interface Init {
  readonly method: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

function request(path: string, { kind, route }: Operation, face: Face, input: object): [string, Init] {
  if (face === 'rest' || face === 'rest v2') {
    if (!route) throw new Error(`${path} has no route`)
    const parameters = new URLSearchParams()
    let target: string = route.path
    for (const [name, value] of Object.entries(input)) {
      if (target.includes(`{${name}}`))
        target = target.replace(`{${name}}`, encodeURIComponent(String(value)))
      else parameters.set(name, String(value))
    }
    return [`${face === 'rest' ? '' : '/api/v2'}/easemob${target}?${parameters}`, { method: route.method }]
  }
  const body = JSON.stringify(face === 'batch' ? { 0: input } : input)
  const batch = face === 'batch' ? 'batch=1' : ''
  if (kind === 'mutation') return [`/trpc/${path}?${batch}`, { method: 'POST', headers: json, body }]
  const query = `/trpc/${path}?${batch}&input=${encodeURIComponent(body)}`
  return [
    query,
    { method: 'GET', ...(face === 'stream' ? { headers: { accept: 'text/event-stream' } } : {}) },
  ]
}

function outcomeOf(face: Face, status: number, text: string): Outcome {
  if (face === 'stream' && status === 200) return streamOutcome(text)
  const body: unknown = text === '' ? null : JSON.parse(text)
  const answer = face === 'batch' ? field(body, 0) : body
  const reason = face.startsWith('rest') ? field(body, 'reason') : field(answer, 'error', 'data', 'reason')
  return reason === undefined ? String(status) : `${status} ${String(reason)}`
}

/** A stream has begun by the time it is refused: the refusal is its first event. */
function streamOutcome(text: string): Outcome {
  const refusal = /^event: serialized-error\ndata: (.*)$/m.exec(text)?.[1]
  if (refusal === undefined) return /^data: .*"state"/m.test(text) ? '200' : `an empty stream: ${text}`
  const error: unknown = JSON.parse(refusal)
  return `${String(field(error, 'data', 'httpStatus'))} ${String(field(error, 'data', 'reason'))}`
}
