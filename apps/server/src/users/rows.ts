import { userRow } from '@easemob-gateway/contracts'
import { type SQL, sql } from 'drizzle-orm'
import type { z } from 'zod'
import { arrayLiteral } from '../db/array-literal.ts'

/** A valid row of an import. */
export type Row = z.output<typeof userRow>

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
/** The defaults of the columns that are never null. */
const defaults: Readonly<Partial<Record<keyof Row, string>>> = {
  sex: '0',
  created_at: 'now',
  updated_at: 'now',
}
const names = userRow.keyof().options

/** Groups rows by the columns that they set: one statement for each group leaves absent fields unchanged. */
export function byShape(rows: readonly Row[]): Row[][] {
  const shapes = new Map<number, Row[]>()
  for (const row of rows) {
    let shape = 0
    for (const name of names) shape = shape * 2 + (row[name] === undefined ? 0 : 1)
    const some = shapes.get(shape)
    if (some) some.push(row)
    else shapes.set(shape, [row])
  }
  return [...shapes.values()]
}

/** A statement that inserts rows, at least one; absent fields get their defaults. */
export function insert(rows: readonly Row[]): SQL {
  const given = columnsOf(rows)
  // One array per column: `unnest` of arrays is streamed, whereas Postgres materializes a list of rows first.
  const lists = given.map(name => {
    const values = arrayLiteral(rows.map(row => textOf(row[name] ?? defaults[name])))
    return sql`unnest(${sql.param(values)}::${sql.raw(columns[name])}[])`
  })
  return sql`insert into users (${sql.raw(given.join(', '))}) select ${sql.join(lists, sql`, `)}`
}

/**
 * A statement that inserts the rows with new ids, returns these ids, and locks the rows of known ones: one statement, so
 * that rows are locked in the order of the list.
 */
export function insertOrLock(rows: readonly Row[]): SQL {
  return sql`${insert(rows)} on conflict (id) do update set id = excluded.id where false returning id::text`
}

/** A statement that inserts rows of one shape, and updates those whose ids are known. */
export function upsert(rows: readonly Row[]): SQL {
  const given = columnsOf(rows)
  const sets = given.filter(name => name !== 'id').map(name => `${name} = excluded.${name}`)
  if (!given.includes('updated_at')) sets.push('updated_at = now()')
  return sql`${insert(rows)} on conflict (id) do update set ${sql.raw(sets.join(', '))}`
}

function columnsOf(rows: readonly Row[]): (keyof Row)[] {
  return names.filter(name => rows.some(row => row[name] !== undefined))
}

/** A value as an element of an array. */
function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (typeof value === 'string') return value
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
