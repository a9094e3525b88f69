import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { callFace, type Face, facesOf, operations, refusalBy } from './support/call-faces.ts'
import { rows } from './support/matrix-rows.ts'

const unknown = '99999999999999'
const aboutGroups = [...operations].flatMap(([path, { access }]) =>
  access.startsWith('group.') ? [path] : [],
)

describe.each(databaseKinds)('a group that a caller may not see, on %s', database => {
  let gateway: Gateway
  let hidden: string
  beforeAll(async () => {
    gateway = await startGateway({ database, env: { CACHE_TTL_MS: '0' } })
    await gateway.people(1, 2, 3, 5)
    const group = { groupname: 'g', desc: 'd', public: false, members: ['2', '5'] }
    hidden = (await gateway.as(1).groups.create.mutate(group)).im_group_id
  })
  afterAll(() => gateway.close())

  test.each(aboutGroups)(
    '%s answers as for one that does not exist, and asks the vendor the same',
    async path => {
      const row = rows.find(({ operation }) => operation === path)
      const operation = operations.get(path)
      const token = await gateway.token({ sub: '3' })
      const ask = async (group: string, face: Face) => {
        const before = gateway.emulator.requests.list().length
        const outcome = await callFace(gateway.url, path, face, row?.input({ group, run: '1' }) ?? {}, token)
        const calls = gateway.emulator.requests.list().slice(before)
        return {
          outcome,
          calls: calls.map(entry => entry.operation).filter(name => !name.startsWith('messages.')),
        }
      }
      for (const face of operation ? facesOf(operation) : []) {
        const seen = await ask(hidden, face)
        expect(seen.outcome).toBe(refusalBy(face, '404 GROUP_NOT_FOUND'))
        expect(await ask(unknown, face)).toEqual(seen)
      }
    },
  )

  test('is left out of a list among those that may be seen', async () => {
    const open = await gateway.as(1).groups.create.mutate({ groupname: 'open', desc: 'd' })
    const found = await gateway.as(3).groups.get.query({ im_group_id: [hidden, open.im_group_id, unknown] })
    expect(found.map(({ id }) => id)).toEqual([open.im_group_id])
  })
})
