import { createHmac } from 'node:crypto'
import { createConnection } from 'node:net'
import { contract, walk } from '@easemob-gateway/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../harness.ts'
import { field, type Sending, send } from './wire.ts'

const json = { 'content-type': 'application/json' }
const tooLarge = Buffer.alloc(1024 * 1024 + 1, 'a')
const routes = walk(contract).flatMap(([name, { route }]) => (route ? [{ name, ...route }] : []))
const paths = [...new Set(routes.map(({ path }) => path))]

describe('what the REST face refuses, in the legacy shape', () => {
  let gateway: Gateway
  let group: string
  beforeAll(async () => {
    gateway = await startGateway({ database: 'pglite' })
    await gateway.people(1, 2, 3)
    const made = await gateway.as(1).groups.create.mutate({ groupname: 'g', desc: 'd', members: ['2'] })
    group = made.im_group_id
  })
  afterAll(() => gateway.close())

  const wire = (line: string, sending: Sending = {}) => send(gateway, line, { as: 1, ...sending })
  const post = (path: string, body: unknown) =>
    wire(`POST ${path}`, { headers: json, body: typeof body === 'string' ? body : JSON.stringify(body) })

  test('an unknown path is 404, below a base and elsewhere', async () => {
    for (const path of [
      '/easemob',
      '/easemob/',
      '/easemob/nothing',
      '/api/v2/easemob/group/x/y',
      '/nothing',
      '/',
      '/api',
    ]) {
      const answer = await wire(`GET ${path}`)
      expect([path, answer.status, answer.json]).toEqual([
        path,
        404,
        { message: ['请求的内容不存在'], reason: 'NOT_FOUND' },
      ])
    }
  })

  test.each(paths)('%s refuses other methods with 405 and says which it takes', async path => {
    const taken = routes.filter(route => route.path === path).map(({ method }) => method as string)
    const others = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(method => !taken.includes(method))
    for (const method of others) {
      const answer = await wire(`${method} /easemob${path.replace('{user_id}', '1')}`)
      expect([method, answer.status]).toEqual([method, 405])
      expect(String(answer.headers['allow']).split(', ').sort()).toEqual(taken.toSorted())
      expect(answer.json).toEqual({ message: ['不支持该请求方法'], reason: 'METHOD_NOT_ALLOWED' })
    }
  })

  test('HEAD answers as GET without a body', async () => {
    const answer = await wire(`HEAD /easemob/group?im_group_id=${group}`)
    expect([answer.status, answer.text]).toEqual([200, ''])
  })

  test('no token, and tokens that are none, are 401 with a text', async () => {
    for (const headers of [
      {},
      { authorization: 'Bearer' },
      { authorization: 'Bearer x.y.z' },
      { authorization: 'Basic MTox' },
    ]) {
      const answer = await send(gateway, 'GET /easemob/password', { headers })
      expect([answer.status, answer.json]).toEqual([
        401,
        { message: 'Unauthenticated.', reason: 'UNAUTHENTICATED' },
      ])
    }
  })

  test('who is not signed in learns nothing of what is wrong with the body', async () => {
    const answer = await send(gateway, 'POST /easemob/group', { headers: json, body: '{"' })
    expect(answer.status).toBe(401)
  })

  test('who may not call is refused before their input is read', async () => {
    const answer = await post('/easemob/register', { user_ids: 'x' })
    expect(answer.status).toBe(403)
    expect(answer.json).toEqual({ message: ['没有权限执行此操作'], reason: 'FORBIDDEN' })
  })

  test('missing and empty fields carry the texts callers know', async () => {
    const texts = {
      groupname: ['群组名称不能为空'],
      desc: ['群组简介不能为空'],
    }
    for (const body of [{}, { groupname: '', desc: '' }, { groupname: '  ', desc: null }]) {
      const answer = await post('/easemob/group', body)
      expect(answer.status).toBe(422)
      expect(answer.json).toEqual({ message: '群组名称不能为空', errors: texts, reason: 'VALIDATION_FAILED' })
    }
    const members = await post('/easemob/group/member', { im_group_id: group, members: ', ,' })
    expect(members.json).toMatchObject({ message: '群成员不能为空', errors: { members: ['群成员不能为空'] } })
    const none = await wire('GET /easemob/group')
    expect(none.json).toMatchObject({ errors: { im_group_id: ['群组ID不能为空'] } })
  })

  test('an English reader gets English', async () => {
    const answer = await wire('POST /easemob/group', {
      headers: { 'accept-language': 'en-US,en;q=0.9,zh;q=0.5' },
    })
    expect(field(answer.json, 'errors', 'groupname', 0)).toBe('groupname is required')
    const gone = await wire('GET /easemob/group?im_group_id=1', { headers: { 'accept-language': 'en' } })
    expect(gone.json).toEqual({ message: ['No such group, or it was deleted.'], reason: 'GROUP_NOT_FOUND' })
  })

  test.each([
    ['maxusers', { maxusers: 2 }],
    ['maxusers', { maxusers: 2001 }],
    ['maxusers', { maxusers: '30.5' }],
    ['maxusers', { maxusers: [] }],
    ['public', { public: 'yes' }],
    ['public', { public: 2 }],
    ['groupname', { groupname: 'x'.repeat(129) }],
    ['groupname', { groupname: { a: 1 } }],
    ['groupname', { groupname: true }],
    ['groupname', { groupname: 'a\0b' }],
    ['groupname', '{"groupname":"\\ud800","desc":"d"}'],
    ['desc', { desc: 'x'.repeat(513) }],
    ['members', { members: 'a,b' }],
    ['members', { members: ['1', { id: 2 }] }],
    ['members', { members: [['1']] }],
    ['members', { members: '-1' }],
    ['members', { members: '0' }],
    ['members', { members: Array.from({ length: 2001 }, (_, n) => n + 1) }],
  ])('%s is named where it is at fault: %j', async (name, input) => {
    const body = typeof input === 'string' ? input : { groupname: 'a', desc: 'b', ...input }
    const answer = await post('/easemob/group', body)
    expect(answer.status).toBe(422)
    expect(Object.keys(Object(field(answer.json, 'errors')))).toEqual([name])
    expect(field(answer.json, 'message')).toBe(field(answer.json, 'errors', name, 0))
  })

  test.each([
    '36036128342017123456789012345678901',
    '1e20',
    '1234567890123456789.5',
    '1.2345678901234567e18',
    '-5',
  ])('an id that is no string of digits is refused, never rounded: %s', async id => {
    const answer = await wire('PATCH /easemob/group', {
      headers: json,
      body: `{"im_group_id":${id},"groupname":"a","desc":"b"}`,
    })
    expect(answer.status).toBe(422)
    expect(Object.keys(Object(field(answer.json, 'errors')))).toEqual(['im_group_id'])
  })

  test.each([
    ['{"groupname":', json],
    ['[1]', json],
    ['"text"', json],
    ['null', json],
    [`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`, json],
    ['{"groupname"', {}],
    ['--x\r\nnothing', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['--x', { 'content-type': 'multipart/form-data' }],
    [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), json],
  ])('a body that cannot be read is 400: %s', async (body, headers) => {
    const answer = await wire('POST /easemob/group', { headers, body })
    expect(answer.json).toEqual({ message: ['请求内容无法解析'], reason: 'MALFORMED_BODY' })
    expect(answer.status).toBe(400)
  })

  test('a deep document is refused without being walked to its end', async () => {
    const answer = await post('/easemob/group', `{"a":${'['.repeat(200_000)}${']'.repeat(200_000)}}`)
    expect(answer.status).toBe(400)
  })

  test('a body over 1 MiB is 413, announced or not', async () => {
    const announced = await wire('POST /easemob/group', { headers: json, body: tooLarge })
    expect(announced.status).toBe(413)
    expect(announced.json).toEqual({ message: ['请求内容过大'], reason: 'PAYLOAD_TOO_LARGE' })
    const token = await gateway.token({ sub: '1' })
    const body = new ReadableStream({
      start(controller) {
        for (let n = 0; n < 3; n++) controller.enqueue(tooLarge)
        controller.close()
      },
    })
    const chunked = await fetch(`${gateway.url}/easemob/group`, {
      method: 'POST',
      headers: { ...json, authorization: `Bearer ${token}` },
      body,
      duplex: 'half',
    })
    expect(chunked.status).toBe(413)
    expect(await chunked.json()).toMatchObject({ reason: 'PAYLOAD_TOO_LARGE' })
  })

  test('names of the prototype are fields like any other: unknown', async () => {
    const body = '{"__proto__":{"groupname":"x"},"constructor":{"prototype":{"desc":"y"}},"toString":1}'
    const answer = await post('/easemob/group', body)
    expect(Object.keys(Object(field(answer.json, 'errors')))).toEqual(['groupname', 'desc'])
    const query = await wire('POST /easemob/group?__proto__[groupname]=x&hasOwnProperty=1')
    expect(query.status).toBe(422)
  })

  test('a path that is escaped wrongly, or walks upwards, leads nowhere', async () => {
    expect((await wire('POST /easemob/register/2')).status).toBe(403)
    expect((await wire('POST /easemob/register/%ZZ', { admin: true })).status).toBe(422)
    expect((await wire('GET /easemob/../metrics/..%2f')).status).toBe(404)
    expect((await wire('POST /easemob/register/1%2F2', { admin: true })).status).toBe(422)
  })

  test('what is refused is not done, and every refusal carries what to branch on', async () => {
    const before = gateway.emulator.state.groups.list()
    for (const line of [
      `DELETE /easemob/group?im_group_id=${group}`,
      `PATCH /easemob/group?im_group_id=${group}&groupname=x&desc=y`,
    ])
      expect(await send(gateway, line, { as: 2 })).toMatchObject({
        status: 403,
        json: { reason: 'FORBIDDEN' },
      })
    const owner = await wire(`DELETE /easemob/group/member?im_group_id=${group}&members=2,1`)
    expect([owner.status, owner.json]).toEqual([
      409,
      { message: ['群主不能被移出群聊'], reason: 'OWNER_CANNOT_LEAVE' },
    ])
    expect(gateway.emulator.state.groups.list()).toEqual(before)
  })

  test('a stranger is 404, a deleted user 401', async () => {
    await gateway
      .admin()
      .users.import.mutate({ users: [{ id: '60', name: 'x', deleted_at: '2020-01-01T00:00:00Z' }] })
    const [stranger, deleted] = await Promise.all(
      [77, 60].map(as => send(gateway, 'GET /easemob/password', { as })),
    )
    expect(stranger?.json).toEqual({ message: ['用户不存在或已经被删除'], reason: 'USER_NOT_FOUND' })
    expect([stranger?.status, deleted?.status]).toEqual([404, 401])
  })

  test('a vendor that refuses our credentials is 503, one that refuses what we ask 502, in words of ours', async () => {
    const { faults } = gateway.emulator
    const call = () => wire(`PATCH /easemob/group?im_group_id=${group}&groupname=a&desc=b`)
    faults.add({ operation: 'groups.get', status: 405 })
    const refused = await call()
    expect([refused.status, refused.json]).toEqual([
      502,
      { message: ['环信服务返回错误'], reason: 'VENDOR_REFUSED' },
    ])
    faults.clear()
    faults.add({ operation: '*', status: 401 })
    await gateway.people(91)
    const newcomer = await send(gateway, 'GET /easemob/password', { as: 91 })
    expect(field(newcomer.json, 'reason')).toBe('NOT_CONFIGURED')
    const unknown = await call()
    expect([unknown.status, unknown.json]).toEqual([
      503,
      { message: ['环信未开启或者配置信息不全'], reason: 'NOT_CONFIGURED' },
    ])
    faults.clear()
  })

  test('a token signed with another secret, without end, or with no algorithm is 401', async () => {
    const now = Math.floor(Date.now() / 1000)
    const sign = (header: object, claims: object, secret: string) => {
      const text = [header, claims]
        .map(part => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.')
      const signature = secret === '' ? '' : createHmac('sha256', secret).update(text).digest('base64url')
      return `${text}.${signature}`
    }
    const hs = { alg: 'HS256' }
    const good = { sub: 1, exp: now + 60 }
    const { jwtSecret } = gateway
    const bad = [
      sign(hs, good, 'x'.repeat(32)),
      sign(hs, { sub: 1 }, jwtSecret),
      sign(hs, { sub: 1, exp: now - 61 }, jwtSecret),
      sign(hs, { ...good, nbf: now + 120 }, jwtSecret),
      sign(hs, { ...good, iat: now + 120 }, jwtSecret),
      sign(hs, { exp: now + 60 }, jwtSecret),
      sign(hs, { ...good, sub: '01' }, jwtSecret),
      sign(hs, { ...good, sub: -1 }, jwtSecret),
      sign(hs, { ...good, sub: 1.5 }, jwtSecret),
      sign(hs, { ...good, sub: ['1'] }, jwtSecret),
      sign({ alg: 'none' }, good, ''),
      sign({ alg: 'HS512' }, good, jwtSecret),
    ]
    for (const token of bad)
      expect((await send(gateway, `GET /easemob/password?token=${token}`)).status).toBe(401)
    for (const claims of [good, { ...good, sub: '1' }, { sub: 1, exp: now - 50 }])
      expect((await send(gateway, `GET /easemob/password?token=${sign(hs, claims, jwtSecret)}`)).status).toBe(
        201,
      )
    const header = await send(gateway, `GET /easemob/password?token=${sign(hs, good, jwtSecret)}`, {
      headers: { authorization: `Bearer ${bad[0]}` },
    })
    expect(header.status).toBe(401)
  })

  test('bytes that are no HTTP end in 400', async () => {
    const { hostname, port } = new URL(gateway.url)
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = createConnection(Number(port), hostname, () => socket.write('NONSENSE\r\n\r\n'))
      let text = ''
      socket
        .on('data', piece => (text += piece))
        .on('end', () => resolve(text))
        .on('error', reject)
    })
    expect(answer).toMatch(/^HTTP\/1\.1 400/)
  })
})
