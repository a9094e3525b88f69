import type { Gateway } from '../../support/harness.ts'

const tables = ['users', 'accounts', 'groups', 'intents', 'idempotency', 'runs', 'audit_open']

/** A digest of everything the database holds of people, accounts, groups and work; what the vendor's pace and the audit count is left out. */
export async function digestOf({ services }: Gateway): Promise<string> {
  const parts = tables.map(
    table => `(select coalesce(md5(string_agg(t::text, '\n' order by t::text)), '') from ${table} t)`,
  )
  const jobs = '(select count(*)::text from pgboss.job)'
  const [row] = await services.database.prepared(
    `select concat_ws(' ', ${[...parts, jobs].join()}) as digest`,
    [],
  )
  return String(row?.['digest'])
}
