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
import { createAudit, isAudited } from '../access/audit.ts'
import { bearerToken } from '../access/bearer.ts'
import type { Tokens } from '../access/tokens.ts'
import type { Actor, Caller, Context, Services } from '../request.ts'
import { handlers } from '../start/handlers.ts'
import { toGatewayError } from './errors.ts'
import { type Grant, guard } from './guard.ts'
import type { Allowance, Limits } from './limits.ts'
import { auditEntry, createSettle, type Progress } from './record-outcome.ts'
import { tighter } from './tighter.ts'
import { isTooDeep, parseInput } from './validation.ts'

/** One HTTP request, however many operations it carries. */
export interface Incoming extends Caller {
  readonly face: 'rest' | 'trpc'
  readonly authorization: string | undefined
  /** `?token=` */
  readonly queryToken: string | undefined
  readonly address: string
  /** Whether it came over TLS, as far as a trusted proxy says. */
  readonly secure: boolean
  readonly requestId: string
  readonly language: Language
  /** Loaded once for all operations of the request. */
  actor: Promise<Actor> | undefined
  /** The tightest limit that was counted, for the answer's headers. */
  allowance: Allowance | undefined
  /** A limit that one of the operations ran into, for the headers of a batch. */
  limited: GatewayError | undefined
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
export type Invoke = (
  bound: Bound,
  incoming: Incoming,
  /** Read only for who may call. */
  input: () => unknown,
) => Promise<unknown>

/**
 * Token → limits → coarse access → parse → rules about the group → handler; then the log line and the metrics. What an
 * administrator changes is in the audit before the handler runs.
 *
 * @returns the operation's output; for a subscription an async iterable of `{id, data}`
 * @throws GatewayError, nothing else
 */
export function createInvoke(services: Services, tokens: Tokens, limits: Limits): Invoke {
  const audit = createAudit(services)
  const settle = createSettle(services, audit)

  async function authenticate({ authorization, queryToken }: Incoming): Promise<Actor> {
    const token = bearerToken(authorization, queryToken)
    if (token === null || token === '') throw new GatewayError('UNAUTHENTICATED')
    return services.readActor(await tokens.verify(token))
  }

  async function perform(bound: Bound, incoming: Incoming, read: () => unknown, progress: Progress) {
    const { path, operation, handle } = bound
    incoming.actor ??= authenticate(incoming)
    const actor = await incoming.actor
    progress.actor = actor
    const counted = limits.actor(actor.id, path, operation.rate === 'tenth')
    incoming.allowance = tighter(incoming.allowance, counted)
    if (operation.access === 'admin' && !actor.admin) throw new GatewayError('FORBIDDEN')
    const leave = limits.enter(actor.id)
    let stream: AsyncIterable<unknown> | undefined
    try {
      const { requestId, language } = incoming
      const raw = await read()
      if (isTooDeep(raw))
        throw new GatewayError('MALFORMED_BODY', { values: { why: 'it is nested too deep' } })
      const input = parseInput(operation.input, raw, language)
      progress.input = input
      const context: Context = { ...services, actor, requestId, language, caller: incoming }
      const grant = await guard(context, operation.access, input)
      if (isAudited(actor, operation)) {
        progress.audit = audit.begin(auditEntry(bound, incoming, progress))
        await progress.audit.begun
      }
      const output = await handle(Object.assign(context, grant, { input, fail }))
      if (!isStream(output)) return output
      stream = output
      return held(stream, leave)
    } finally {
      if (!stream) leave()
    }
  }

  return async (bound, incoming, read) => {
    const progress: Progress = { began: performance.now() }
    let problem: GatewayError | undefined
    try {
      return await perform(bound, incoming, read, progress)
    } catch (error) {
      problem = declared(toGatewayError(error), bound.operation)
      if (problem.key === 'RATE_LIMITED') incoming.limited = problem
      throw problem
    } finally {
      await settle(bound, incoming, progress, problem)
    }
  }
}

/** A stream holds its actor's place among the concurrent requests until it ends. */
async function* held(stream: AsyncIterable<unknown>, leave: () => void) {
  try {
    yield* stream
  } finally {
    leave()
  }
}

function isStream(output: unknown): output is AsyncIterable<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}

/** An error that the operation has not declared is a bug of ours, whatever it says. */
function declared(problem: GatewayError, operation: Operation): GatewayError {
  const known: readonly string[] = [...commonErrors, ...operation.errors]
  return known.includes(problem.key) ? problem : new GatewayError('INTERNAL', { cause: problem })
}
