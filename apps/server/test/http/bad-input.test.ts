import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../support/harness.ts'
import { field, type Sending, send } from '../support/wire.ts'

const json = { 'content-type': 'application/json' }
const tooLarge = Buffer.alloc(1024 * 1024 + 1, 'a')

describe('input that is missing, malformed or too much', () => {
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
})
