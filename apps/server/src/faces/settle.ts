import type { GatewayError } from '@easemob-gateway/contracts'
import { recordAudit, targetOf } from '../access/audit.ts'
import type { Actor, Services } from '../context.ts'
import type { Bound, Incoming } from './procedure.ts'

/** How far a call has come. */
export interface Progress {
  readonly began: number
  actor?: Actor
  /** Once it has been parsed. */
  input?: unknown
}

/** Logs, counts and audits a call that has ended; it never fails, whatever the log or the database does. */
export type Settle = (
  bound: Bound,
  incoming: Incoming,
  progress: Progress,
  problem: GatewayError | undefined,
) => Promise<void> | undefined

export function createSettle({ log, metrics, database }: Services): Settle {
  return ({ path, operation }, incoming, { began, actor, input }, problem) => {
    const { requestId, face } = incoming
    const outcome = problem?.reason ?? 'ok'
    const ms = performance.now() - began
    metrics.called(path, face, outcome, ms / 1000)
    const line = { requestId, operation: path, face, actor: actor?.id, outcome, ms: Math.round(ms * 10) / 10 }
    if (!problem) log.info(line, 'done')
    else if (problem.status < 500) log.info(line, 'refused')
    else if (incoming.signal.aborted) log.info(line, 'the caller has gone')
    else log.error({ ...line, err: problem.details.cause ?? problem }, 'failed')
    if (!actor?.admin || operation.kind !== 'mutation') return undefined
    const target = targetOf(input, operation.target)
    return recordAudit(database, { actor: actor.id, operation: path, target, requestId, outcome }).catch(
      err => log.error({ err, requestId, operation: path }, 'the audit line was not written'),
    )
  }
}
