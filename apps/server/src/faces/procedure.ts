import {
  commonErrors,
  contract,
  type ErrorDetails,
  type ErrorKey,
  GatewayError,
  type Language,
  type Operation,
  walk,
} from '@easemob-gateway/contracts'
import { loadActor } from '../access/actor.ts'
import { recordAudit } from '../access/audit.ts'
import { type Grant, guard } from '../access/guard.ts'
import { bearerToken } from '../auth/bearer.ts'
import type { Tokens } from '../auth/tokens.ts'
import type { Actor, Context, Services } from '../context.ts'
import { handlers } from '../operations/index.ts'
import { toGatewayError } from './errors.ts'
import type { Allowance, Limits } from './limits.ts'
import { parseInput } from './validation.ts'

/** One HTTP request, however many operations it carries. */
export interface Incoming {
  readonly face: 'rest' | 'trpc'
  readonly authorization: string | undefined
  /** `?token=` */
  readonly queryToken: string | undefined
  readonly address: string
  readonly requestId: string
  readonly language: Language
  readonly signal: AbortSignal
  /** Loaded once for all operations of the request. */
  actor?: Promise<Actor>
  /** The tightest limit that was counted, for the answer's headers. */
  allowance?: Allowance
}

/** An operation with its handler, the types of both hidden. */
export interface Bound {
  readonly path: string
  readonly operation: Operation
  readonly handle: (call: Call) => unknown
}
type Call = Context & Grant & { input: unknown; fail: (key: ErrorKey, details?: ErrorDetails) => never }

/** Every operation by its path, `groups.create`. */
export const operations: ReadonlyMap<string, Bound> = new Map(
  walk(contract).map(([path, operation]) => {
    const [domain = '', name = ''] = path.split('.')
    const handle: unknown = Reflect.get(Reflect.get(handlers, domain), name)
    // The one load-bearing cast: `handlers` is checked against the contract entry by entry, and this puts them into one table.
    return [path, { path, operation, handle: handle as Bound['handle'] }]
  }),
)

const fail = (key: ErrorKey, details?: ErrorDetails): never => {
  throw new GatewayError(key, details)
}

/** The only way to an operation, for every face. */
export type Invoke = (bound: Bound, incoming: Incoming, input: unknown) => Promise<unknown>

/**
 * Token → limits → coarse access → parse → rules about the group → handler; then the log line, the metrics and the
 * audit of administrators' changes.
 *
 * @returns the operation's output; for a subscription an async iterable of `{id, data}`
 * @throws GatewayError, nothing else
 */
export function createInvoke(services: Services, tokens: Tokens, limits: Limits): Invoke {
  async function authenticate(incoming: Incoming): Promise<Actor> {
    const token = bearerToken(incoming.authorization, incoming.queryToken)
    if (token === null || token === '') throw new GatewayError('UNAUTHENTICATED')
    return loadActor(services, await tokens.verify(token))
  }

  async function enter({ path, operation, handle }: Bound, incoming: Incoming, actor: Actor, raw: unknown) {
    incoming.allowance = await limits.actor(actor.id, path, operation.rate === 'tenth')
    if (operation.access === 'admin' && !actor.admin) throw new GatewayError('FORBIDDEN')
    const leave = limits.enter(actor.id)
    try {
      const { requestId, language, signal } = incoming
      const input = parseInput(operation.input, raw, language)
      const context: Context = { ...services, actor, requestId, language, signal }
      const grant = await guard(context, operation.access, input)
      return await handle({ ...context, ...grant, input, fail })
    } finally {
      leave()
    }
  }

  return async (bound, incoming, raw) => {
    const { path, operation } = bound
    const began = performance.now()
    let actor: Actor | undefined
    let problem: GatewayError | undefined
    try {
      incoming.actor ??= authenticate(incoming)
      actor = await incoming.actor
      return await enter(bound, incoming, actor, raw)
    } catch (error) {
      problem = declared(toGatewayError(error), operation)
      throw problem
    } finally {
      const outcome = problem?.reason ?? 'ok'
      const ms = performance.now() - began
      services.metrics.called(path, incoming.face, outcome, ms / 1000)
      const line = {
        requestId: incoming.requestId,
        operation: path,
        face: incoming.face,
        actor: actor?.id,
        outcome,
        ms: Math.round(ms * 10) / 10,
      }
      if (problem && problem.status >= 500)
        services.log.error({ ...line, err: problem.details.cause ?? problem }, 'failed')
      else services.log.info(line, problem ? 'refused' : 'done')
      if (actor?.admin && operation.kind === 'mutation') audit(bound, incoming, actor, raw, outcome)
    }
  }

  function audit(
    { path, operation }: Bound,
    { requestId }: Incoming,
    actor: Actor,
    raw: unknown,
    outcome: string,
  ) {
    const target =
      operation.target && typeof raw === 'object' && raw !== null ? Reflect.get(raw, operation.target) : null
    recordAudit(services.database, {
      actor: actor.id,
      operation: path,
      target: target === null || target === undefined ? null : String(target),
      requestId,
      outcome,
    }).catch(error =>
      services.log.error({ err: error, requestId, operation: path }, 'the audit line was not written'),
    )
  }
}

/** An error that the operation has not declared is a bug of ours, whatever it says. */
function declared(problem: GatewayError, operation: Operation): GatewayError {
  const known: readonly string[] = [...commonErrors, ...operation.errors]
  return known.includes(problem.key) ? problem : new GatewayError('INTERNAL', { cause: problem })
}
