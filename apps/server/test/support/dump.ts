import type { Services } from '../../src/start/services.ts'

/** Every row of every table, whoever made it, as JSON: what a copy of the database would show. */
export async function dumpDatabase({ database }: Pick<Services, 'database'>): Promise<string> {
  const tables = await database.prepared(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
    [],
  )
  const dumps: string[] = []
  for (const { name } of tables) {
    const rows = await database.prepared(`select to_jsonb(t)::text as row from ${String(name)} t`, [])
    dumps.push(...rows.map(({ row }) => `${String(name)} ${String(row)}`))
  }
  return dumps.join('\n')
}
