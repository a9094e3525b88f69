import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../harness.ts'
import { databaseKinds } from '../support/databases.ts'
import { field, type Sending, send } from './wire.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const json = { 'content-type': 'application/json' }

describe.each(databaseKinds)('each legacy caller in its own wire form, on %s', database => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway({ database })
    await gateway.people(1, 2, 3, 4, 5)
  })
  afterAll(() => gateway.close())

  const wire = (line: string, sending: Sending = {}) => send(gateway, line, { as: 1, ...sending })
  const create = async (input: object = {}) => {
    const group = await gateway.as(1).groups.create.mutate({ groupname: '群', desc: '简介', ...input })
    return group.im_group_id
  }
  const state = (id: string) => gateway.emulator.state.groups.get(id)

  test('H5: GET password answers 201, and GET group a list whose first element is the group', async () => {
    const password = await wire('GET /api/v2/easemob/password')
    expect(password.status).toBe(201)
    expect(password.json).toEqual({ message: ['成功'], im_pwd_hash: expect.stringMatching(/^[0-9a-f]{32}$/) })
    expect(gateway.emulator.state.users.get('1')?.password).toBe(field(password.json, 'im_pwd_hash'))
    const id = await create()
    const group = await wire(`GET /api/v2/easemob/group?im_group_id=${id}`)
    expect(group.status).toBe(200)
    expect(field(group.json, 0, 'id')).toBe(id)
  })

  test('PC: a trailing slash, and a JSON body of three fields with commas in one of them', async () => {
    expect((await wire('GET /api/v2/easemob/password/')).status).toBe(201)
    const body = JSON.stringify({ groupname: '一', desc: '二', members: '2, 3,,2,' })
    const made = await wire('POST /api/v2/easemob/group', { headers: json, body })
    expect(made.status).toBe(201)
    expect(made.json).toEqual({ message: ['成功'], im_group_id: expect.stringMatching(/^\d+$/) })
    const id = String(field(made.json, 'im_group_id'))
    expect(state(id)?.members.toSorted()).toEqual(['1', '2', '3'])
  })

  test('Android: everything in the query, an empty body and no Content-Type, on POST, PATCH and DELETE', async () => {
    const query =
      'groupname=%E8%8A%B1&desc=%E6%9C%8B+%E5%8F%8B&public=0&maxusers=300&members_only=false&allowinvites=1&members=2,3'
    const made = await wire(`POST /api/v2/easemob/group?${query}`, { headers: { 'content-length': '0' } })
    expect(made.status).toBe(201)
    const id = String(field(made.json, 'im_group_id'))
    expect(state(id)).toMatchObject({
      name: '花',
      description: '朋 友',
      public: false,
      maxusers: 300,
      membersonly: false,
      allowinvites: true,
    })
    const changed = await wire(
      `PATCH /api/v2/easemob/group?im_group_id=${id}&groupname=a&desc=b&group_face=&new_owner_user=`,
    )
    expect(changed.status).toBe(201)
    expect(changed.json).toMatchObject({ groupname: 'a', desc: 'b', im_group_id: id, group_face: '' })
    const added = await wire(`POST /api/v2/easemob/group/member?im_group_id=${id}&members=4`)
    expect([added.status, added.text]).toEqual([201, '[]'])
    const removed = await wire(`DELETE /api/v2/easemob/group/member?im_group_id=${id}&members=4,3`)
    expect([removed.status, removed.text]).toEqual([204, ''])
    expect(state(id)?.members.toSorted()).toEqual(['1', '2'])
    expect((await wire(`DELETE /api/v2/easemob/group?im_group_id=${id}`)).status).toBe(204)
    expect(state(id)).toBeUndefined()
  })

  test('Android: two thousand members fit into the query', async () => {
    const members = Array.from({ length: 1999 }, (_, n) => 10_000_000_000 + n).join(',')
    const answer = await wire(
      `POST /api/v2/easemob/group?groupname=a&desc=b&maxusers=2000&members=${members}`,
    )
    expect(answer.status).toBe(422)
    expect(field(answer.json, 'reason')).toBe('USER_NOT_FOUND')
  })

  test('older iOS: every value a JSON string, JSON on DELETE as well', async () => {
    const made = await wire('POST /api/v2/easemob/group', {
      headers: json,
      body: JSON.stringify({
        groupname: 'a',
        desc: 'b',
        public: '1',
        maxusers: '300',
        members_only: '0',
        allowinvites: 'true',
        members: '2,3',
        owner: '5',
        grouplevel: '1',
      }),
    })
    const id = String(field(made.json, 'im_group_id'))
    expect(state(id)).toMatchObject({ owner: '1', public: true, maxusers: 300, membersonly: false })
    const removed = await wire('DELETE /api/v2/easemob/group/member', {
      headers: json,
      body: JSON.stringify({ im_group_id: id, members: '3' }),
    })
    expect(removed.status).toBe(204)
    expect(state(id)?.members).not.toContain('3')
    const gone = await wire('DELETE /api/v2/easemob/group', {
      headers: json,
      body: JSON.stringify({ im_group_id: id }),
    })
    expect(gone.status).toBe(204)
  })

  test('newer iOS: urlencoded PATCH and PUT', async () => {
    const id = await create({ members: ['2'] })
    const body = `im_group_id=${id}&groupname=%E6%96%B0+a&desc=d&public=false&maxusers=500&group_face=12&new_owner_user=2`
    const changed = await wire('PATCH /api/v2/easemob/group', { headers: form, body })
    expect(changed.status).toBe(201)
    expect(changed.json).toMatchObject({
      groupname: '新 a',
      public: false,
      maxusers: 500,
      group_face: '/api/v2/files/12',
    })
    expect(state(id)?.owner).toBe('2')
    const before = field((await wire('GET /api/v2/easemob/password')).json, 'im_pwd_hash')
    const reset = await wire('PUT /api/v2/easemob/password', { headers: form, body: '' })
    expect([reset.status, reset.text]).toEqual([201, '[]'])
    expect(gateway.emulator.state.users.get('1')?.password).not.toBe(before)
  })

  test('Flutter: message is a list of strings, im_pwd_hash a string', async () => {
    const { json } = await wire('GET /api/v2/easemob/password')
    expect(field(json, 'message')).toEqual([expect.any(String)])
    expect(typeof field(json, 'im_pwd_hash')).toBe('string')
  })

  test('multipart forms, bracketed names and repeated names are read, too', async () => {
    const boundary = 'x9'
    const parts = [
      ['groupname', '多'],
      ['desc', '部'],
      ['members[]', '2'],
      ['members[]', '3'],
    ]
    const body = `${parts.map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--${boundary}--\r\n`
    const made = await wire('POST /easemob/group', {
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
      body,
    })
    const id = String(field(made.json, 'im_group_id'))
    expect(state(id)?.members.toSorted()).toEqual(['1', '2', '3'])
    await wire('DELETE /easemob/group/member', {
      headers: form,
      body: `im_group_id=${id}&members[0]=2&members[1]=3`,
    })
    expect(state(id)?.members).toEqual(['1'])
    const both = await wire(`GET /easemob/group/face?im_group_id=${id}&im_group_id=99`)
    expect(both.json).toEqual([{ im_group_id: id, group_face: 0 }])
  })

  test('a body without Content-Type is read for what it is', async () => {
    for (const body of ['{"groupname":"a","desc":"b"}', 'groupname=a&desc=b'])
      expect((await wire('POST /easemob/group', { body })).status).toBe(201)
  })

  test('path wins over body, body over query', async () => {
    const id = await create()
    const { json: changed } = await wire(
      `PATCH /easemob/group?groupname=query&desc=query&im_group_id=${id}`,
      {
        headers: form,
        body: 'groupname=body',
      },
    )
    expect(changed).toMatchObject({ groupname: 'body', desc: 'query' })
    const registered = await wire('POST /easemob/register/1?user_id=2', { headers: form, body: 'user_id=3' })
    expect(registered.status).toBe(201)
  })

  test('both base paths answer the same, and the token may stand in the query', async () => {
    const id = await create()
    const token = await gateway.token({ sub: '1' })
    const answers = await Promise.all(
      ['/easemob', '/api/v2/easemob'].map(base =>
        send(gateway, `GET ${base}/group?im_group_id=${id}&token=${token}`),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect(answers[0]?.text).toBe(answers[1]?.text)
  })

  test('ids of 18 digits keep every digit on every way in and out', async () => {
    const id = '987654321987654321'
    await gateway.services.vendor.groups.create({
      groupId: id,
      name: 'g',
      description: 'd',
      public: true,
      maxUsers: 200,
      owner: '1',
      members: ['2'],
    })
    expect(field((await wire(`GET /easemob/group?im_group_id=${id}`)).json, 0, 'id')).toBe(id)
    expect(field((await wire(`GET /easemob/groups?im_group_id=${id}`)).json, 0, 'affiliations')).toEqual(
      expect.arrayContaining([{ member: '2' }, { owner: '1' }]),
    )
    const changed = await wire('PATCH /easemob/group', {
      headers: json,
      body: `{"im_group_id":${id},"groupname":"n","desc":"d"}`,
    })
    expect(field(changed.json, 'im_group_id')).toBe(id)
    expect((await gateway.as(1).groups.list.query({ im_group_id: [id] }))[0]?.id).toBe(id)
  })

  test('registration: one, many, and all that are missing', async () => {
    expect((await wire('POST /api/v2/easemob/register/1')).text).toBe('[]')
    const many = await wire('POST /api/v2/easemob/register', { admin: true, body: 'user_ids=1,2,77' })
    expect(many.status).toBe(201)
    expect(many.json).toMatchObject({
      message: ['注册成功'],
      failed: [{ user_id: '77', reason: 'USER_NOT_FOUND' }],
    })
    const all = await wire('POST /api/v2/easemob/register-old-users', { admin: true })
    expect(all.status).toBe(201)
    expect(all.json).toMatchObject({ message: ['注册成功'], run: { state: 'done', failed: 0 } })
    expect(gateway.emulator.state.users.list().map(({ username }) => username)).toEqual(
      expect.arrayContaining(['1', '2', '3', '4', '5']),
    )
  })
})
