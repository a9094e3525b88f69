import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { field, type Sending, send } from '../support/wire.ts'

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
})
