import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { callFace, facesOf, operations } from './support/call-faces.ts'
import { rows } from './support/matrix-rows.ts'

describe.each(databaseKinds)('the audit on %s', database => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway({ database })
    await gateway.people(1, 2, 3, 5)
    await gateway.admin().accounts.registerMissing.mutate({ wait: 30 })
  })
  afterAll(() => gateway.close())
  const lines = () => gateway.services.database.prepared('select * from audit order by id', [])

  test('every change by an administrator, by every face, leaves one line; reads and users leave none', async () => {
    const admin = await gateway.token({ sub: '900000', scope: 'easemob:admin' })
    const owner = await gateway.token({ sub: '1' })
    for (const row of rows) {
      const operation = operations.get(row.operation)
      if (!operation) continue
      for (const face of facesOf(operation)) {
        const made = await gateway
          .as(1)
          .groups.create.mutate({ groupname: 'g', desc: 'd', members: ['2', '5'] })
        const world = { run: '1', group: made.im_group_id }
        const before = (await lines()).length
        await callFace(gateway.url, row.operation, face, row.input(world), owner)
        const outcome = await callFace(gateway.url, row.operation, face, row.input(world), admin)
        const added = (await lines()).slice(before)
        expect([row.operation, face, added.length]).toEqual([
          row.operation,
          face,
          operation.kind === 'mutation' ? 1 : 0,
        ])
        if (added.length === 0) continue
        expect(added[0]).toMatchObject({
          actor: '900000',
          operation: row.operation,
          outcome: outcome.split(' ')[1] ?? 'ok',
          request_id: expect.stringMatching(/^[\w.-]{1,64}$/),
          at: expect.anything(),
        })
        const { target } = operation
        expect(typeof added[0]?.['target']).toBe(target === undefined ? 'object' : 'string')
      }
    }
  })

  test('it names whom it was about by ids, and writes nothing else down', async () => {
    const before = (await lines()).length
    await gateway.admin().users.import.mutate({
      users: [
        { id: '1', name: 'a secret name' },
        { id: 2, name: 'x' },
      ],
    })
    await gateway.admin().accounts.registerMany.mutate({ user_ids: ['2', '1'] })
    const added = (await lines()).slice(before)
    expect(added.map(({ target }) => target)).toEqual(['1,2', '2,1'])
    expect(JSON.stringify(added)).not.toContain('secret')
  })

  test.each([
    "update audit set outcome = 'ok'",
    'delete from audit',
    'truncate audit',
    'truncate audit cascade',
  ])('the database refuses: %s', async statement => {
    const before = await lines()
    await expect(gateway.services.database.raw(statement)).rejects.toThrow(/append-only/)
    expect(await lines()).toEqual(before)
  })
})
