import {
  type Contract,
  commonErrors,
  GatewayError,
  type Handlers,
  type Operation,
} from '@easemob-gateway/contracts'
import type { ReadActor } from '../access/actor.ts'
import { type Audit, isAudited } from '../access/audit.ts'
import { bearerToken } from '../access/bearer.ts'
import type { Tokens } from '../access/tokens.ts'
import type { GroupGrants } from '../groups/rules.ts'
import type { Actor, RequestContext } from '../request.ts'
import type { CallState, FailCall, Incoming, Invoke, NamedOperation } from './call.ts'
import { toGatewayError } from './errors.ts'
import type { Grant, Guard } from './guard.ts'
import type { Limits } from './limits.ts'
import { operations } from './operations.ts'
import { auditEntry, type RecordOutcome } from './record-outcome.ts'
import { tighter } from './tighter.ts'
import { isTooDeep, parseInput } from './validation.ts'

type Handle = (context: RequestContext & Grant & { input: unknown; fail: FailCall }) => unknown

/** Only rules about groups grant anything to a handler. */
type OperationHandlers = Handlers<Omit<Contract, 'groups'>, RequestContext> &
  Handlers<Pick<Contract, 'groups'>, RequestContext, GroupGrants>

/** What invoking an operation needs. */
export interface InvokeOptions {
  /** A handler for each operation; without one, this does not compile. */
  readonly handlers: OperationHandlers
  readonly tokens: Tokens
  readonly readActor: ReadActor
  readonly limits: Limits
  readonly guard: Guard
  readonly audit: Audit
  readonly recordOutcome: RecordOutcome
}

const fail: FailCall = (key, details) => {
  throw new GatewayError(key, details)
}

/**
 * Makes the function that invokes operations: token → limits → admin check → parse → access rule → handler → log line and
 * metrics. The audit line of an administrator's change is committed before the handler runs.
 *
 * @returns a function that resolves to the operation's output, for a subscription to an async iterable of `{id, data}`,
 * and rejects with GatewayError only
 */
export function createInvoke(options: InvokeOptions): Invoke {
  const { tokens, readActor, limits, guard, audit, recordOutcome } = options
  const handles = new Map([...operations.keys()].map(path => [path, handleOf(options.handlers, path)]))

  async function authenticate({ authorization, queryToken }: Incoming): Promise<Actor> {
    const token = bearerToken(authorization, queryToken)
    if (token === null || token === '') throw new GatewayError('UNAUTHENTICATED')
    return readActor(await tokens.verify(token))
  }

  async function call(named: NamedOperation, incoming: Incoming, read: () => unknown, state: CallState) {
    const { path, operation } = named
    incoming.actor ??= authenticate(incoming)
    const actor = await incoming.actor
    state.actor = actor
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
      state.input = input
      const grant = await guard(actor, operation.access, input)
      if (isAudited(actor, operation)) {
        state.audit = audit.begin(auditEntry(named, incoming, state))
        await state.audit.begun
      }
      const context = { actor, requestId, language, cancellation: incoming, ...grant, input, fail }
      const output = await handles.get(path)?.(context)
      if (!isStream(output)) return output
      stream = output
      return leavingAtEnd(stream, leave)
    } finally {
      if (!stream) leave()
    }
  }

  return async (named, incoming, read) => {
    const state: CallState = { began: performance.now() }
    let problem: GatewayError | undefined
    try {
      return await call(named, incoming, read, state)
    } catch (error) {
      problem = declared(toGatewayError(error), named.operation)
      if (problem.key === 'RATE_LIMITED') incoming.limited = problem
      throw problem
    } finally {
      await recordOutcome(named, incoming, state, problem)
    }
  }
}

function handleOf(handlers: OperationHandlers, path: string): Handle {
  const [domain = '', name = ''] = path.split('.')
  const handle: unknown = Reflect.get(Reflect.get(handlers, domain), name)
  // The only cast: the type of `handlers` is checked for each operation, and a table of them needs one common type.
  return handle as Handle
}

/** A stream counts as one of its actor's concurrent requests until it ends. */
async function* leavingAtEnd(stream: AsyncIterable<unknown>, leave: () => void) {
  try {
    yield* stream
  } finally {
    leave()
  }
}

function isStream(output: unknown): output is AsyncIterable<unknown> {
  return typeof output === 'object' && output !== null && Symbol.asyncIterator in output
}

/** An error that the operation does not declare is a bug, so it becomes INTERNAL. */
function declared(problem: GatewayError, operation: Operation): GatewayError {
  const known: readonly string[] = [...commonErrors, ...operation.errors]
  return known.includes(problem.key) ? problem : new GatewayError('INTERNAL', { cause: problem })
}
