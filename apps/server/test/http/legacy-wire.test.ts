import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { field, type Sending, send } from '../support/wire.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const json = { 'content-type': 'application/json' }

describe.each(databaseKinds)('what legacy callers may rely on, on %s', database => {
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
