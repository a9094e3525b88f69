import { type Contract, type Handler, userRow } from '@easemob-gateway/contracts'
import { inArray, type SQL, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Context, Grants } from '../context.ts'
import { arrayLiteral } from '../db/array-literal.ts'
import { schema } from '../db/connect.ts'

type Row = z.output<typeof userRow>

/** The columns an import may set, with their types. */
const columns: Readonly<Record<keyof Row, string>> = {
  id: 'bigint',
  name: 'text',
  bio: 'text',
  sex: 'smallint',
  location: 'text',
  created_at: 'timestamptz',
  updated_at: 'timestamptz',
  avatar: 'text',
  bg: 'text',
  verified: 'jsonb',
  extra: 'jsonb',
  certification: 'jsonb',
  deleted_at: 'timestamptz',
}
const anything = z.object({}).loose()

/** Upserts people in one transaction: good rows are kept, bad ones come back with their reasons. */
export const importUsers: Handler<Contract['users']['import'], Context, Grants> = async ({
  input,
  database,
  jobs,
  groupReader,
}) => {
  const good = new Map<string, Row>()
  const failed: { row: number; id: string | null; reason: string }[] = []
  input.users.forEach((raw, row) => {
    const parsed = userRow.safeParse(raw)
    // Two rows of one person: the later one wins, field by field.
    if (parsed.success) good.set(parsed.data.id, { ...good.get(parsed.data.id), ...parsed.data })
    else failed.push({ row, id: idOf(raw), reason: reasonOf(parsed.error) })
  })
  // In one order for everybody, so that imports of the same people wait for each other and never block each other.
  const rows = [...good.values()].sort((a, b) => Number(a.id) - Number(b.id))
  if (rows.length === 0) return { imported: 0, failed }
  const judged = rows.filter(row => row.deleted_at !== undefined)
  const shapes = byShape(rows)
  if (judged.length > 0 || shapes.size > 1) await importJudging({ database, jobs }, rows, judged, shapes)
  // One statement is a transaction of its own, and locks its rows in the order they stand in.
  else for (const [names, some] of shapes) await database.rows(anything, upsert(names, some))
  // Their names stand in the groups that are kept.
  groupReader.forgetAll()
  return { imported: input.users.length - failed.length, failed }
}

/** Several statements, or people who may disappear or come back: what stood before is locked first. */
async function importJudging(
  { database, jobs }: Pick<Context, 'database' | 'jobs'>,
  rows: readonly Row[],
  judged: readonly Row[],
  shapes: ReadonlyMap<string, readonly Row[]>,
): Promise<void> {
  const { users } = schema
  await database.orm.transaction(async tx => {
    const before = await tx
      .select({ id: users.id, deletedAt: users.deletedAt })
      .from(users)
      .where(
        inArray(
          users.id,
          rows.map(({ id }) => id),
        ),
      )
      .orderBy(users.id)
      .for('update')
    const hidden = new Set(before.filter(({ deletedAt }) => deletedAt !== null).map(({ id }) => id))
    for (const [names, some] of shapes) await database.rows(anything, upsert(names, some), tx)
    const changed = judged.filter(({ id, deleted_at }) => hidden.has(id) !== (deleted_at !== null))
    await jobs.syncActivation(
      tx,
      changed.map(({ id }) => id),
    )
  })
}

/** Rows that set the same columns go in one statement, so that absent fields stay as they are. */
function byShape(rows: readonly Row[]): Map<string, Row[]> {
  const shapes = new Map<string, Row[]>()
  for (const row of rows) {
    let shape = ''
    for (const name in row) if (Reflect.get(row, name) !== undefined) shape += `${name},`
    const some = shapes.get(shape)
    if (some) some.push(row)
    else shapes.set(shape, [row])
  }
  return shapes
}

function upsert(shape: string, rows: readonly Row[]): SQL {
  const typed = Object.entries(columns).filter(([name]) => shape.split(',').includes(name))
  const names = typed.map(([name]) => name)
  const list = sql.raw(names.join(', '))
  const sets = names.filter(name => name !== 'id').map(name => `${name} = excluded.${name}`)
  if (!names.includes('updated_at')) sets.push('updated_at = now()')
  const arrays = typed.map(([name, type]) => {
    const values = rows.map(row => textOf(Reflect.get(row, name)))
    return sql`${sql.param(arrayLiteral(values))}::${sql.raw(type)}[]`
  })
  return sql`insert into users (${list}) select * from unnest(${sql.join(arrays, sql`, `)})
             on conflict (id) do update set ${sql.raw(sets.join(', '))}`
}

/** A value as an element of an array. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function idOf(raw: unknown): string | null {
  const id = typeof raw === 'object' && raw !== null && 'id' in raw ? raw.id : null
  return typeof id === 'string' || typeof id === 'number' ? String(id).slice(0, 64) : null
}

function reasonOf({ issues }: z.ZodError): string {
  return issues
    .map(({ path, message }) => `${path.join('.')}: ${message}`)
    .join('; ')
    .slice(0, 500)
}
