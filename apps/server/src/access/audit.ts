import { randomUUID } from 'node:crypto'
import type { Operation } from '@easemob-gateway/contracts'
import type { Logger } from 'pino'
import { arrayLiteral } from '../db/array-literal.ts'
import { type Database, schema } from '../db/database.ts'
import type { Actor } from '../request.ts'

/** What a line of the audit says from the start; never an input, only whom it was about. */
export interface AuditEntry {
  readonly actor: string
  readonly operation: string
  readonly target: string | null
  readonly requestId: string
}

/** A change that is to stand in the audit, however it ends. */
export interface AuditLine {
  /** Resolves once it is committed that the change begins: before that, nothing may be done. */
  readonly begun: Promise<void>
  /** Writes how it ended: `ok`, or the reason of the refusal. Never fails; what cannot be written now is tried again. */
  end(outcome: string): Promise<void>
}

/** The append-only audit, written ahead: a process that dies between a change and its line loses neither. */
export interface Audit {
  begin(entry: AuditEntry): AuditLine
  /** Adds the line of what was refused before anything was done. */
  refused(entry: AuditEntry, outcome: string): Promise<void>
}

/** Whether a call is written down: every change by an administrator. */
export function isAudited(actor: Actor | undefined, { kind }: Operation): boolean {
  return actor?.admin === true && kind === 'mutation'
}

/** 30 s, as the lease of an intent stands by default: a process that is only busy must not be taken for dead. */
const leasesPerChange = 6
const lease = (parameter: string) => `now() + ${parameter}::float8 * interval '1 millisecond'`
const columns = 'at, actor, operation, target, request_id'
const beginning = `insert into audit_open (id, actor, operation, target, request_id, lease_until)
  values ($1::uuid, $2, $3, $4, $5, ${lease('$6')})`
const renewal = `update audit_open set lease_until = ${lease('$2')} where id = any($1::uuid[])`
/** One statement, so that a line is either open or written, and written once. */
const closing = (which: string, outcome: string) =>
  `with gone as (delete from audit_open where ${which} returning ${columns})
   insert into audit (${columns}, outcome) select ${columns}, ${outcome} from gone`
const ending = closing('id = $1::uuid', '$2::text')
const recovery = closing('lease_until < now()', "'unknown'")

/** @param intentLeaseMs the lease of an intent, of which a change's is a multiple */
export function createAudit(database: Database, log: Logger, intentLeaseMs: number): Audit {
  const leaseMs = intentLeaseMs * leasesPerChange
  /** Lines that this process has begun, with the outcome of those that could not be written yet. */
  const open = new Map<string, string | null>()
  let keeping: NodeJS.Timeout | undefined

  async function write(id: string, outcome: string): Promise<void> {
    await database.prepared(ending, [id, outcome])
    open.delete(id)
    if (open.size === 0) keeping = void clearInterval(keeping)
  }

  async function keep(): Promise<void> {
    await database.prepared(renewal, [arrayLiteral([...open.keys()]), leaseMs])
    for (const [id, outcome] of open) if (outcome !== null) await write(id, outcome)
  }

  const unwritten = (entry: AuditEntry) => (err: unknown) =>
    log.error({ err, requestId: entry.requestId, operation: entry.operation }, 'an audit line is not written')

  return {
    begin(entry) {
      const id = randomUUID()
      const { actor, operation, target, requestId } = entry
      open.set(id, null)
      keeping ??= setInterval(() => {
        keep().catch(err => log.warn({ err }, 'audit lines could not be kept open, trying again'))
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

/** Writes the lines of changes whose processes have died: nobody can say how those ended. */
export async function recoverAudit(database: Database): Promise<void> {
  await database.prepared(recovery, [])
}
