import { contract, inputFields } from '@easemob-gateway/contracts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Fields, gather, readBody } from '../../src/http/rest/body.ts'
import { decode } from '../../src/http/rest/decode.ts'
import { routed } from '../../src/http/rest/routes.ts'

const none: Fields = new Map()
const create = target('groups.create')
const update = target('groups.update')
const many = target('groups.get')

function target(path: string) {
  const found = routed.find(bound => bound.path === path)
  if (!found) throw new Error(`${path} has no route`)
  return found
}
const read = (
  bound: typeof create,
  { body = none, query = none, path = {} }: { body?: Fields; query?: Fields; path?: Record<string, string> },
) => decode(bound, { path, body, query, header: () => undefined })
const bytes = (text: string) => new TextEncoder().encode(text)
const jsonBody = (value: unknown) => readBody(bytes(JSON.stringify(value)), 'application/json')
const formBody = (pairs: [string, string][]) =>
  readBody(bytes(new URLSearchParams(pairs).toString()), 'application/x-www-form-urlencoded')

const digits = fc.bigInt({ min: 1n, max: 10n ** 30n }).map(String)
const userId = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
const text = fc.string({ minLength: 1, unit: 'grapheme' }).filter(value => value.trim() !== '')
const blanks = fc.constantFrom('', ' ', '\t', '  ')

describe('the legacy decoder', () => {
  test('gives back what was meant, whichever way it was written', async () => {
    const meant = fc.record({
      groupname: text,
      public: fc.boolean(),
      maxusers: fc.integer({ min: 3, max: 2000 }),
      members: fc.array(userId, { minLength: 1, maxLength: 20 }),
    })
    const ways = fc.record({
      truth: fc.constantFrom(
        (b: boolean) => (b ? '1' : '0'),
        (b: boolean) => String(b),
      ),
      list: fc.constantFrom('commas', 'brackets', 'indices', 'repeats'),
      place: fc.constantFrom('form', 'query', 'json strings', 'json'),
    })
    await fc.assert(
      fc.asyncProperty(meant, ways, blanks, async (value, { truth, list, place }, blank) => {
        const ids = value.members.map(String)
        const names = ids.map((_, n) =>
          list === 'brackets' ? 'members[]' : list === 'indices' ? `members[${n}]` : 'members',
        )
        const members: [string, string][] =
          list === 'commas'
            ? [['members', ids.join(`${blank},${blank}`)]]
            : ids.map((id, n) => [names[n] ?? '', id])
        const pairs: [string, string][] = [
          ['groupname', value.groupname],
          ['public', truth(value.public)],
          ['maxusers', String(value.maxusers)],
          ...members,
        ]
        const sources =
          place === 'query'
            ? { query: gather(new URLSearchParams(pairs)) }
            : place === 'form'
              ? { body: await formBody(pairs) }
              : place === 'json'
                ? { body: await jsonBody(value) }
                : {
                    body: await jsonBody({
                      ...Object.fromEntries(pairs.slice(0, 3)),
                      members: ids.join(','),
                    }),
                  }
        expect(read(create, sources)).toEqual({ ...value, groupname: value.groupname.trim(), members: ids })
      }),
      { numRuns: 500 },
    )
  })

  test('keeps every digit of an id, as JSON number or text, alone or in a list', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(digits, { minLength: 1, maxLength: 5 }), async ids => {
        const written = [`[${ids.join(',')}]`, JSON.stringify(ids), JSON.stringify(ids.join(','))]
        for (const list of written)
          expect(read(many, { body: await readBody(bytes(`{"im_group_id":${list}}`), undefined) })).toEqual({
            im_group_id: ids,
          })
        const [id = ''] = ids
        for (const one of [id, `"${id}"`])
          expect(read(update, { body: await readBody(bytes(`{"im_group_id":${one}}`), undefined) })).toEqual({
            im_group_id: id,
          })
      }),
    )
  })

  test('takes path before body before query, and passes over what is empty', () => {
    const sources = fc.record({
      path: fc.option(fc.constantFrom('', '1'), { nil: undefined }),
      body: fc.option(fc.constantFrom('', '2'), { nil: undefined }),
      query: fc.option(fc.constantFrom('', '3'), { nil: undefined }),
    })
    fc.assert(
      fc.property(sources, ({ path, body, query }) => {
        const first = [path, body, query].find(value => value !== undefined && value !== '')
        const fields = (value: string | undefined): Fields =>
          value === undefined ? none : new Map([['groupname', value]])
        const input = read(create, {
          path: path === undefined ? {} : { groupname: path },
          body: fields(body),
          query: fields(query),
        })
        expect(input['groupname']).toBe(first)
      }),
    )
  })

  test('takes only what the schema names, whatever else is sent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'owner')),
          fc.jsonValue(),
        ),
        async extra => {
          const body = await readBody(bytes(JSON.stringify({ ...extra, groupname: 'g' })), undefined)
          const input = read(create, { body })
          const known = Object.keys(inputFields(contract.groups.create.input))
          expect(known).toEqual(expect.arrayContaining(Object.keys(input)))
          expect(Object.getPrototypeOf(input)).toBe(Object.prototype)
          expect(input['groupname']).toBe('g')
        },
      ),
      { numRuns: 300 },
    )
  })

  test('never throws on a value, and leaves what it cannot read for the schema to refuse', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async value => {
        const input = read(create, {
          body: await jsonBody({ public: value, maxusers: value, members: value }),
        })
        const parsed = z
          .object({ public: z.boolean().optional(), maxusers: z.number().optional() })
          .safeParse(input)
        if (typeof value === 'object' && value !== null) expect(parsed.success).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['true', true],
    ['false', false],
    ['1', true],
    ['0', false],
    ['yes', 'yes'],
    ['TRUE', 'TRUE'],
    ['2', '2'],
  ])('reads the boolean %s as %j', (written, expected) => {
    expect(read(create, { query: gather([['public', written]]) })).toEqual({ public: expected })
  })

  test('does not touch the schemas', async () => {
    const before = JSON.stringify(z.toJSONSchema(contract.groups.create.input, { io: 'input' }))
    read(create, { body: await jsonBody({ groupname: 1, members: '1,2', public: '0' }) })
    expect(JSON.stringify(z.toJSONSchema(contract.groups.create.input, { io: 'input' }))).toBe(before)
  })
})
