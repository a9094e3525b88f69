import fc from 'fast-check'
import { expect, test } from 'vitest'
import { batches } from '../../src/import/batches.ts'
import { readCsv } from '../../src/import/csv.ts'
import { lines } from '../../src/import/lines.ts'
import { readNdjson } from '../../src/import/ndjson.ts'
import type { SourceRow } from '../../src/import/source.ts'

async function* cut(bytes: Uint8Array, sizes: readonly number[]) {
  let from = 0
  for (const size of sizes) {
    yield bytes.subarray(from, from + size)
    from += size
  }
  yield bytes.subarray(from)
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

const bytes = (text: string) => Buffer.from(text)
const ndjson = (text: string) => collect(readNdjson(cut(bytes(text), [])))
const csv = (text: string) => collect(readCsv(cut(bytes(text), [])))
const sizes = fc.array(fc.integer({ min: 0, max: 7 }), { maxLength: 40 })
const text = fc.string({ unit: 'grapheme', maxLength: 12 })
const row = fc.record({
  id: fc.integer({ min: 1 }).map(String),
  name: text.filter(Boolean),
  extra: fc.dictionary(fc.string(), fc.jsonValue()),
})

test('lines are the same however the chunks are cut', async () => {
  const line = text.map(value => value.replace(/[\r\n\ufeff]/g, ''))
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { minLength: 1 }),
      sizes,
      fc.constantFrom('\n', '\r\n'),
      async (all, cuts, end) => {
        const found = await collect(lines(cut(bytes(all.map(value => value + end).join('')), cuts), 1000))
        expect(found).toEqual(all.map((value, at) => ({ line: at + 1, text: value })))
      },
    ),
  )
})

test('NDJSON gives back every row with its line', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row), sizes, async (rows, cuts) => {
      const file = rows.map(value => `${JSON.stringify(value)}\n`).join('')
      const found = await collect(readNdjson(cut(bytes(file), cuts)))
      expect(found).toEqual(
        rows.map((value, at) => ({ line: at + 1, row: JSON.parse(JSON.stringify(value)) })),
      )
    }),
  )
})

test('CSV gives back every row, with quotes, commas and line breaks in its cells', async () => {
  const quote = (value: string) => `"${value.replaceAll('"', '""')}"`
  await fc.assert(
    fc.asyncProperty(fc.array(row), sizes, fc.constantFrom('\n', '\r\n'), async (rows, cuts, end) => {
      const records = rows.map(({ id, name, extra }) =>
        [id, quote(name), quote(JSON.stringify(extra))].join(','),
      )
      const file = ['id,name,extra', ...records].map(record => record + end).join('')
      const found = await collect(readCsv(cut(bytes(file), cuts)))
      expect(found.map(value => 'row' in value && value.row)).toEqual(JSON.parse(JSON.stringify(rows)))
    }),
  )
})

test('a bad NDJSON line is reported by number and the others go on', async () => {
  const found = await ndjson('\ufeff{"id":"1"}\n\n{oops\n[1]\n{"id":9007199254740993}\n{"id":"2"}')
  expect(found).toMatchObject([
    { line: 1, row: { id: '1' } },
    { line: 3, reason: 'the line is not valid JSON' },
    { line: 4, reason: 'the line is not a JSON object' },
    { line: 5, reason: expect.stringContaining('loses digits') },
    { line: 6, row: { id: '2' } },
  ])
})

test('a line beyond the limit is refused without filling the memory, and the next one is read', async () => {
  const found = await collect(lines(cut(bytes(`${'x'.repeat(100)}\nok\n`), [30, 30, 30]), 50))
  expect(found).toEqual([
    { line: 1, reason: 'the line has more than 50 bytes' },
    { line: 2, text: 'ok' },
  ])
  const broken = Buffer.concat([Buffer.from([0xff, 0x0a]), bytes('ok')])
  expect(await collect(lines(cut(broken, []), 50))).toEqual([
    { line: 1, reason: 'the line is not UTF-8' },
    { line: 2, text: 'ok' },
  ])
})

test('CSV cells become fields: empty ones absent, JSON columns parsed, sex a number', async () => {
  const found = await csv('\ufeffid,name,sex,bio,verified\n2,花儿,1,,"{""type"":""user""}"\n')
  expect(found).toEqual([{ line: 2, row: { id: '2', name: '花儿', sex: 1, verified: { type: 'user' } } }])
})

test('a bad CSV row is reported by the line it begins on and the others go on', async () => {
  const found = await csv('id,name,extra\n1,"a\nb",\n\n2,b\n3,c,{oops\n4,q"uote,\n5,e,{}\n')
  expect(found).toMatchObject([
    { line: 2, row: { id: '1', name: 'a\nb' } },
    { line: 5, id: '2', reason: 'the row has 2 cells, the header 3' },
    { line: 6, id: '3', reason: 'extra: not valid JSON' },
    { line: 7, reason: expect.stringContaining('Quote') },
    { line: 8, row: { id: '5', name: 'e', extra: {} } },
  ])
})

test('a CSV without an id column is refused as a whole', async () => {
  await expect(csv('name,bio\na,b\n')).rejects.toThrow('no column "id"')
})

test('batches hold a thousand rows and fit a request body', async () => {
  async function* rows(count: number, bio: string): AsyncGenerator<SourceRow> {
    for (let line = 1; line <= count; line++) yield { line, row: { id: String(line), bio } }
  }
  const bad: number[] = []
  const onBad = async ({ line }: { line: number }) => void bad.push(line)
  expect((await collect(batches(rows(2500, ''), onBad))).map(({ rows: { length } }) => length)).toEqual([
    1000, 1000, 500,
  ])
  const large = await collect(batches(rows(20, 'x'.repeat(100_000)), onBad))
  expect(large.map(batch => batch.rows.length)).toEqual([8, 8, 4])
  expect(await collect(batches(rows(1, 'x'.repeat(1_000_000)), onBad))).toEqual([])
  expect(bad).toEqual([1])
})
