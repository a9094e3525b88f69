import type { GatewayError } from '@easemob-gateway/contracts'
import { type Audit, type AuditEntry, type AuditLine, isAudited } from '../access/audit.ts'
import { targetOf } from '../access/audit-target.ts'
import type { Actor, Services } from '../request.ts'
import type { Bound, Incoming } from './invoke.ts'

/** How far a call has come. */
export interface Progress {
  readonly began: number
  actor?: Actor
  /** Once it has been parsed. */
  input?: unknown
  /** Where the change is written down, once it may be done. */
  audit?: AuditLine
}

/** Logs, counts and audits a call that has ended; it never fails, whatever the log or the database does. */
export type Settle = (
  bound: Bound,
  incoming: Incoming,
  progress: Progress,
  problem: GatewayError | undefined,
) => Promise<void> | undefined

export function createSettle({ log, metrics }: Services, audit: Audit): Settle {
  return (bound, incoming, progress, problem) => {
    const { path, operation } = bound
    const { began, actor } = progress
    const { requestId, face } = incoming
    const outcome = problem?.reason ?? 'ok'
    const ms = performance.now() - began
    metrics.called(path, face, outcome, ms / 1000)
    const line = { requestId, operation: path, face, actor: actor?.id, outcome, ms: Math.round(ms * 10) / 10 }
    if (!problem) log.info(line, 'done')
    else if (problem.status < 500) log.info(line, 'refused')
    else if (incoming.signal.aborted) log.info(line, 'the caller has gone')
    else log.error({ ...line, err: problem.details.cause ?? problem }, 'failed')
    if (progress.audit) return progress.audit.end(outcome)
    return isAudited(actor, operation)
      ? audit.refused(auditEntry(bound, incoming, progress), outcome)
      : undefined
  }
}

/** What the audit says of a call. */
export function auditEntry(
  { path, operation }: Bound,
  { requestId }: Incoming,
  { actor, input }: Progress,
): AuditEntry {
  return { actor: actor?.id ?? '', operation: path, target: targetOf(input, operation.target), requestId }
}
