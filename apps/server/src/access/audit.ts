import { type Database, schema } from '../db/connect.ts'

/** One line of the audit; never an input, only whom it was about. */
export interface AuditEntry {
  readonly actor: string
  readonly operation: string
  readonly target: string | null
  readonly requestId: string
  /** `ok`, or the reason of the refusal. */
  readonly outcome: string
}

const targetLength = 500

/** Adds a line to the append-only audit. */
export async function recordAudit({ orm }: Database, entry: AuditEntry): Promise<void> {
  await orm.insert(schema.audit).values({ ...entry, target: entry.target?.slice(0, targetLength) ?? null })
}
