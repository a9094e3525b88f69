import { randomUUID } from 'node:crypto'
import type { Operation } from '@easemob-gateway/contracts'
import type { Logger } from 'pino'
import { arrayLiteral } from '../db/array-literal.ts'
import { type Database, schema } from '../db/database.ts'
import type { Actor } from '../request.ts'

/** The fields of an audit line that are known when a call begins; inputs are never stored, except for the target's ids. */
export interface AuditEntry {
  readonly actor: string
  readonly operation: string
  readonly target: string | null
  readonly requestId: string
}

/** The audit line of a change that has begun. */
export interface AuditLine {
  /** Resolves once the open line is committed; the change must not begin before that. */
  readonly begun: Promise<void>
  /** Writes the outcome: `ok`, or the reason of the refusal. Never rejects; a line that cannot be written is retried. */
  end(outcome: string): Promise<void>
}

/** The append-only audit. Lines are opened before the change, so that a crash between the change and its line loses none. */
export interface Audit {
  /** Opens the line of a change. */
  begin(entry: AuditEntry): AuditLine
  /** Writes the line of a call that was refused before the change began. Never rejects. */
  refused(entry: AuditEntry, outcome: string): Promise<void>
}

/** Whether a call is audited: every mutation by an administrator. */
export function isAudited(actor: Actor | undefined, { kind }: Operation): boolean {
  return actor?.admin === true && kind === 'mutation'
}

/** 30 s with the default lease of an intent, so that a busy process is not mistaken for a dead one. */
const leasesPerChange = 6
const lease = (parameter: string) => `now() + ${parameter}::float8 * interval '1 millisecond'`
const columns = 'at, actor, operation, target, request_id'
const beginning = `insert into audit_open (id, actor, operation, target, request_id, lease_until)
  values ($1::uuid, $2, $3, $4, $5, ${lease('$6')})`
const renewal = `update audit_open set lease_until = ${lease('$2')} where id = any($1::uuid[])`
/** One statement, so that a line is either open or written, and is written once. */
const closing = (which: string, outcome: string) =>
  `with gone as (delete from audit_open where ${which} returning ${columns})
   insert into audit (${columns}, outcome) select ${columns}, ${outcome} from gone`
const ending = closing('id = $1::uuid', '$2::text')
const recovery = closing('lease_until < now()', "'unknown'")

/**
 * @param intentLeaseMs the lease of an intent in ms; an open line's lease is six times as long
 * @example const audit = createAudit(database, log, env.intentLeaseMs)
 */
export function createAudit(database: Database, log: Logger, intentLeaseMs: number): Audit {
  const leaseMs = intentLeaseMs * leasesPerChange
  /** The open lines of this process, with the outcome of those that could not be written yet. */
  const open = new Map<string, string | null>()
  let renewing: NodeJS.Timeout | undefined

  async function write(id: string, outcome: string): Promise<void> {
    await database.prepared(ending, [id, outcome])
    open.delete(id)
    if (open.size === 0) renewing = void clearInterval(renewing)
  }

  async function renewAndRetry(): Promise<void> {
    await database.prepared(renewal, [arrayLiteral([...open.keys()]), leaseMs])
    for (const [id, outcome] of open) if (outcome !== null) await write(id, outcome)
  }

  const unwritten = (entry: AuditEntry) => (err: unknown) =>
    log.error(
      { err, requestId: entry.requestId, operation: entry.operation },
      'an audit line could not be written',
    )

  return {
    begin(entry) {
      const id = randomUUID()
      const { actor, operation, target, requestId } = entry
      open.set(id, null)
      renewing ??= setInterval(() => {
        renewAndRetry().catch(err =>
          log.warn({ err }, 'renewing open audit lines failed and will be retried'),
        )
      }, leaseMs / 3).unref()
      const begun = database.prepared(beginning, [id, actor, operation, target, requestId, leaseMs])
      return {
        begun: begun.then(() => undefined),
        end(outcome) {
          open.set(id, outcome)
          return write(id, outcome).catch(unwritten(entry))
        },
      }
    },
    refused: async (entry, outcome) => {
      await database.orm
        .insert(schema.audit)
        .values({ ...entry, outcome })
        .catch(unwritten(entry))
    },
  }
}

/** Writes the lines of changes whose processes have died, with the outcome `unknown`. */
export async function recoverAudit(database: Database): Promise<void> {
  await database.prepared(recovery, [])
}
