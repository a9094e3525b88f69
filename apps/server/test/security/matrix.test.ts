import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Role, roles, type World } from '../../../../packages/contracts/test/samples.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { callFace, type Face, facesOf, operations, refusalBy } from './support/call-faces.ts'
import { forge, forgeries } from './support/forgeries.ts'
import { type KeySet, type SigningKey, signingKey, startKeySet } from './support/key-set.ts'
import { type Row, rows } from './support/matrix-rows.ts'
import { rawConnection } from './support/raw-http.ts'

const [issuer, audience] = ['the-app', 'the-gateway']
const ids: Readonly<Record<Role, string>> = { stranger: '3', member: '2', owner: '1', admin: '900000' }
const scope = { scope: 'easemob:admin' }

describe('who may do what, on every face', () => {
  let gateway: Gateway
  let keys: KeySet
  let key: SigningKey
  let run: string
  let shared: string
  let forged: readonly [Record<string, string | null>, Record<string, string | null>]
  beforeAll(async () => {
    key = await signingKey('RS256', 'first')
    keys = await startKeySet(key)
    gateway = await startGateway({
      database: 'pglite',
      env: { JWT_JWKS_URL: keys.url, JWT_ISSUER: issuer, JWT_AUDIENCE: audience },
      claims: { iss: issuer, aud: audience },
    })
    await gateway.people(1, 2, 3, 5)
    const deleted = { id: '4', name: 'gone', deleted_at: '2020-01-01T00:00:00Z' }
    await gateway.admin().users.import.mutate({ users: [deleted] })
    run = (await gateway.admin().accounts.registerMissing.mutate({ wait: 30 })).run.id
    shared = await groupOf({ public: false, allowinvites: true })
    const genuine = { jwtSecret: gateway.jwtSecret, key, issuer, audience }
    // In the name of those who would be let in: an administrator, and where that is not enough the owner.
    forged = [
      await forgeries(genuine, { sub: ids.admin, ...scope }),
      await forgeries(genuine, { sub: ids.owner }),
    ]
  })
  afterAll(async () => {
    await gateway.close()
    await keys.close()
  })

  async function groupOf(kind: Row['group']): Promise<string> {
    const asked = { groupname: 'g', desc: 'd', members: ['2', '5'], ...kind }
    return (await gateway.as(1).groups.create.mutate(asked)).im_group_id
  }
  const cells = (row: Row, faces: readonly Face[], who: readonly string[]) =>
    faces.flatMap(face =>
      who.map(name => ({ name: `${row.operation} by ${face} as ${name}`, face, who: name })),
    )
  const facesOfRow = ({ operation }: Row) => {
    const found = operations.get(operation)
    return found ? facesOf(found) : []
  }

  const successBy = (face: Face, { rest }: Row) =>
    face === 'cli' ? '0' : face.startsWith('rest') ? String(rest) : '200'

  test.each(rows)('$operation answers each role as the table says: $answers, group $group', async row => {
    const expected: Record<string, string> = {}
    const found: Record<string, string> = {}
    for (const cell of cells(row, facesOfRow(row), roles)) {
      const role = roles.find(name => name === cell.who) ?? 'stranger'
      const world: World = { run, group: row.operation.startsWith('groups.') ? await groupOf(row.group) : '' }
      const token = await gateway.token({ sub: ids[role], ...(role === 'admin' ? scope : {}) })
      found[cell.name] = await callFace(gateway.url, row.operation, cell.face, row.input(world), token)
      expected[cell.name] =
        row.answers[role] === 'ok' ? successBy(cell.face, row) : refusalBy(cell.face, row.answers[role])
    }
    expect(found).toEqual(expected)
  })

  test.each(rows)('$operation believes no token that is not good ($group)', async row => {
    const before = gateway.emulator.requests.list().length
    const [asAdmin, asOwner] = forged
    const no = '401 UNAUTHENTICATED'
    const tokens: Record<string, [string | null, string]> = {
      ...Object.fromEntries(Object.entries(asAdmin).map(([name, token]) => [`admin, ${name}`, [token, no]])),
      ...Object.fromEntries(Object.entries(asOwner).map(([name, token]) => [`owner, ${name}`, [token, no]])),
      'a deleted user': [await gateway.token({ sub: '4' }), no],
      'a deleted administrator': [await gateway.token({ sub: '4', ...scope }), no],
      'never imported': [await gateway.token({ sub: '77' }), '404 USER_NOT_FOUND'],
    }
    // The ways that differ in how a token comes in; the others lead through these.
    const direct: readonly Face[] = ['trpc', 'stream', 'rest']
    const asked = cells(row, facesOfRow(row), Object.keys(tokens)).filter(
      ({ face, who }) => !who.startsWith('owner') || direct.includes(face),
    )
    const outcomes = await Promise.all(
      asked.map(async ({ name, face, who }) => {
        const [token, expected] = tokens[who] ?? [null, '']
        const outcome = await callFace(
          gateway.url,
          row.operation,
          face,
          row.input({ run, group: shared }),
          token,
        )
        return [name, outcome, refusalBy(face, expected)] as const
      }),
    )
    expect(Object.fromEntries(outcomes.map(([name, outcome]) => [name, outcome]))).toEqual(
      Object.fromEntries(outcomes.map(([name, , expected]) => [name, expected])),
    )
    // Nothing reached the vendor for any of them.
    const calls = gateway.emulator.requests.list().slice(before)
    expect(calls.filter(({ operation }) => !/^(messages|token|users\.list)/.test(operation))).toEqual([])
  })

  test('in one batch each call is judged for itself', async () => {
    const token = await gateway.token({ sub: ids.member })
    const input = encodeURIComponent(JSON.stringify({ 0: {}, 1: {}, 2: { im_group_id: [shared] } }))
    const answer = await fetch(
      `${gateway.url}/trpc/accounts.password,users.list,groups.get?batch=1&input=${input}`,
      {
        headers: { authorization: `Bearer ${token}` },
      },
    )
    expect(answer.status).toBe(207)
    expect(await answer.json()).toMatchObject([
      { result: {} },
      { error: { data: { reason: 'FORBIDDEN' } } },
      { result: {} },
    ])
  })

  test('a good token is believed in the header and in the query, with the header winning', async () => {
    const good = await key.sign({ sub: '2', iss: issuer, aud: audience })
    const bad = forge({ alg: 'none' }, { sub: '2', iss: issuer, aud: audience, exp: 2_000_000_000 }, '')
    const ask = async (query: string, header?: string) =>
      (
        await fetch(`${gateway.url}/easemob/password${query}`, {
          headers: header === undefined ? {} : { authorization: header },
        })
      ).status
    expect(await ask('', `Bearer ${good}`)).toBe(201)
    expect(await ask(`?token=${good}`)).toBe(201)
    expect(await ask(`?token=${good}`, `Bearer ${bad}`)).toBe(401)
    expect(await ask(`?token=${good}`, 'Basic MTox')).toBe(401)
    expect(await ask(`?token=${bad}`)).toBe(401)
    expect(await ask('', `bearer ${good}`)).toBe(201)
  })

  test.each(['/easemob/password', '/trpc/accounts.password', '/trpc/accounts.password?batch=1&input=%7B%7D'])(
    'two tokens at %s: two headers are none, and of two in the query the first counts',
    async path => {
      const good = await gateway.token({ sub: '2' })
      const other = await gateway.token({ sub: '1' })
      const ask = async (query: string, headers: readonly string[]) => {
        const lines = headers.map(value => `authorization: Bearer ${value}\r\n`).join('')
        const target = query === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`
        const request = `GET ${target} HTTP/1.1\r\nhost: x\r\n${lines}\r\n`
        const connection = rawConnection(gateway.url)
        const answer = await connection.send(Buffer.from(request), 'GET')
        connection.close()
        return answer?.status
      }
      const success = path.startsWith('/trpc') ? 200 : 201
      expect(await ask('', [good])).toBe(success)
      for (const pair of [
        [good, 'x'],
        ['x', good],
        [good, other],
        [good, good],
      ])
        expect(await ask('', pair)).toBe(401)
      expect(await ask(`token=${good}&token=x`, [])).toBe(success)
      expect(await ask(`token=x&token=${good}`, [])).toBe(401)
      expect(await ask(`token=${good}`, ['x'])).toBe(401)
    },
  )
})
