import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arrayLiteral } from '../../src/db/array-literal.ts'
import type { Database } from '../../src/db/database.ts'
import { databaseKinds, type TestDatabase, testDatabase } from '../support/databases.ts'

describe.each(databaseKinds)('lists on %s', kind => {
  let place: TestDatabase
  let database: Database
  beforeAll(async () => {
    place = await testDatabase(kind)
    database = await place.open()
  })
  afterAll(async () => {
    await database.close()
    await place.remove()
  })

  const special = fc.constantFrom(
    '',
    'null',
    'NULL',
    '"',
    '\\',
    '\\"',
    '{}',
    ',',
    '\n\t',
    '\u0001',
    ' ',
    '花',
  )
  const text = fc.oneof(
    special,
    fc.string({ unit: 'grapheme' }),
    fc.array(special).map(parts => parts.join('')),
  )
  const list = fc.array(fc.option(text.filter(value => !value.includes('\0'))))

  test('a list of any texts arrives in the database as it was', async () => {
    await fc.assert(
      fc.asyncProperty(list, async values => {
        const rows = await database.prepared('select unnest($1::text[]) as value', [arrayLiteral(values)])
        expect(rows.map(({ value }) => value)).toEqual(values)
      }),
    )
  })
})
