import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Emulated } from '../emulated.ts'
import { faultReply } from '../faults/fault-answer.ts'
import type { Faults } from '../faults/faults.ts'
import type { FaultRule } from '../faults/rule.ts'
import type { Journal } from '../journal/journal.ts'
import type { Route } from '../routes/route.ts'
import { answer } from './answer.ts'
import { type Body, hasBody, readBody, TOO_LARGE } from './body.ts'
import { Call } from './call.ts'
import {
  applicationNotFound,
  bodyTooLarge,
  emulatorError,
  methodNotAllowed,
  serviceNotFound,
} from './errors.ts'
import { errorReply, type Reply } from './reply.ts'
import type { RouteTable } from './router.ts'
import type { VendorError } from './vendor-error.ts'

/** What a request to the vendor's API is served with. */
export interface ServerContext {
  readonly emulated: Emulated
  readonly table: RouteTable
  readonly faults: Faults
  readonly journal: Journal
  /** ms of real time every answer waits */
  readonly latencyMs: number
  /** aborted when the emulator closes */
  readonly closing: AbortSignal
}

/** The operation name of calls to paths and apps that do not exist. */
export const UNKNOWN = 'unknown'

type Outcome =
  | { readonly reply: Reply; readonly fault?: number }
  | { readonly drop: true; readonly fault: number }

/** Serves one request to the vendor's API: reads the body, finds the route, answers and writes the journal entry. */
export async function serveVendor(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const started = performance.now()
  const at = context.emulated.store.now()
  const { method = 'GET', url = '/' } = request
  const body = hasBody(request) ? await readBody(request) : ''
  if (body === undefined) return
  const target = locate(context, method, url, body)
  const operation = 'operation' in target ? target.operation : UNKNOWN
  context.journal.started(operation)
  const outcome = await respond(context, request, target, operation, body)
  const status = 'reply' in outcome ? outcome.reply.status : 0
  const ms = Math.round(performance.now() - started)
  context.journal.finished({
    ...{ method, path: url, operation, status, ms, at },
    ...(outcome.fault === undefined ? {} : { fault: outcome.fault }),
  })
  if ('drop' in outcome) request.socket.resetAndDestroy()
  else response.writeHead(status, outcome.reply.headers).end(outcome.reply.body)
}

/** What a request addresses: a route, or the error to refuse it with. */
type Target =
  | { readonly refusal: VendorError }
  | {
      readonly operation: string
      readonly route: Route
      readonly params: Readonly<Record<string, string>>
      readonly path: string
      readonly query: URLSearchParams
    }

const NO_QUERY = new URLSearchParams()

/** Finds the route of a request. */
function locate({ emulated, table }: ServerContext, method: string, url: string, body: Body): Target {
  const [whole = '', ...search] = url.split('?')
  const [, org = '', app = '', ...rest] = whole.split('/')
  if (rest.at(-1) === '') rest.pop()
  const path = `/${rest.join('/')}`
  if (org !== emulated.org || app !== emulated.app) {
    return { refusal: applicationNotFound(org, app, path) }
  }
  const match = table.match(method, path)
  if (match === undefined) return { refusal: serviceNotFound() }
  if (match === 'wrong-method') return { refusal: methodNotAllowed() }
  const { route, params } = match
  const operation = (typeof body === 'string' ? route.operationOf?.(body) : undefined) ?? route.operation
  const query = search.length === 0 ? NO_QUERY : new URLSearchParams(search.join('?'))
  return { operation, route, params, path, query }
}

/** Applies latency and faults around the call's own work. */
async function respond(
  context: ServerContext,
  request: IncomingMessage,
  target: Target,
  operation: string,
  body: Body,
): Promise<Outcome> {
  const { emulated, faults, latencyMs, closing } = context
  const fault = faults.fire(operation)
  const early = fault !== undefined && fault.rule.afterCommit !== true
  const wait = latencyMs + (early ? (fault.rule.delayMs ?? 0) : 0)
  if (wait > 0) await delay(wait, undefined, { signal: closing, ref: false })
  if (early) {
    const outcome = faultOutcome(fault, emulated.store.now())
    if (outcome !== undefined) return outcome
  }
  const reply = await afterWritten(emulated, work(emulated, request, target, body))
  if (fault === undefined) return { reply }
  if (early) return { reply, fault: fault.id }
  if (fault.rule.delayMs) await delay(fault.rule.delayMs, undefined, { signal: closing, ref: false })
  return faultOutcome(fault, emulated.store.now()) ?? { reply, fault: fault.id }
}

/** Delays an answer until the changes it reports are in the snapshot file. */
async function afterWritten({ store }: Emulated, reply: Reply): Promise<Reply> {
  if (!store.log?.pending) return reply
  try {
    await store.log.written()
    return reply
  } catch {
    return errorReply(emulatorError('the snapshot file cannot be written'), store.now(), 0)
  }
}

/** The outcome that a fault replaces the real answer with; undefined if it only delays. */
function faultOutcome({ id, rule }: { id: number; rule: FaultRule }, at: number): Outcome | undefined {
  if (rule.drop) return { drop: true, fault: id }
  if (rule.status === undefined && rule.error === undefined) return undefined
  return { reply: faultReply(rule, at), fault: id }
}

/** Runs the call, without faults. */
function work(emulated: Emulated, request: IncomingMessage, target: Target, body: Body): Reply {
  const at = emulated.store.now()
  if (body === TOO_LARGE) return errorReply(bodyTooLarge(), at, 0)
  if ('refusal' in target) return errorReply(target.refusal, at, 0)
  const { method = 'GET', headers } = request
  const { path, query, params, route, operation } = target
  const call = new Call(emulated, {
    method,
    path,
    query,
    params,
    authorization: headers.authorization,
    bodyText: body,
  })
  return answer(call, route, operation)
}
