import type { GatewayError } from '@easemob-gateway/contracts'
import type { Logger } from 'pino'
import { type Audit, type AuditEntry, isAudited } from '../access/audit.ts'
import { targetOf } from '../access/audit-target.ts'
import type { CallState, Incoming, NamedOperation } from './call.ts'

/** Logs, counts and audits a call that has ended. Never rejects. */
export type RecordOutcome = (
  named: NamedOperation,
  incoming: Incoming,
  state: CallState,
  problem: GatewayError | undefined,
) => Promise<void> | undefined

/** Counts and times an operation that has ended. `outcome` is `ok` or the reason of the refusal. */
export type CountCall = (operation: string, adapter: string, outcome: string, seconds: number) => void

/** @example const recordOutcome = createRecordOutcome(log, metrics.called, audit) */
export function createRecordOutcome(log: Logger, countCall: CountCall, audit: Audit): RecordOutcome {
  return (named, incoming, state, problem) => {
    const { path, operation } = named
    const { began, actor } = state
    const { requestId, adapter } = incoming
    const outcome = problem?.reason ?? 'ok'
    const ms = performance.now() - began
    countCall(path, adapter, outcome, ms / 1000)
    const line = {
      ...{ requestId, operation: path, face: adapter, actor: actor?.id, outcome },
      ms: Math.round(ms * 10) / 10,
    }
    if (!problem) log.info(line, 'done')
    else if (problem.status < 500) log.info(line, 'refused')
    else if (incoming.signal.aborted) log.info(line, 'the client has gone')
    else log.error({ ...line, err: problem.details.cause ?? problem }, 'failed')
    if (state.audit) return state.audit.end(outcome)
    return isAudited(actor, operation)
      ? audit.refused(auditEntry(named, incoming, state), outcome)
      : undefined
  }
}

/** The audit entry of a call. */
export function auditEntry(
  { path, operation }: NamedOperation,
  { requestId }: Incoming,
  { actor, input }: CallState,
): AuditEntry {
  return { actor: actor?.id ?? '', operation: path, target: targetOf(input, operation.target), requestId }
}
