import { createConnection } from 'node:net'
import { contract, walk } from '@easemob-gateway/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../support/harness.ts'
import { field, type Sending, send } from '../support/wire.ts'

const json = { 'content-type': 'application/json' }
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
