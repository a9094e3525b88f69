import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'

const refusals = [
  { status: 403 },
  { status: 400 },
  { status: 429, error: 'resource_limited' },
  { status: 404, error: 'service_resource_not_found' },
]

/** The vendor carries an attempt out, its answer is lost, and the next attempt of the same call is refused. */
describe.each(databaseKinds)(
  'a write that is refused after an attempt that was carried out, on %s',
  database => {
    let gateway: Gateway
    beforeAll(async () => {
      gateway = await startGateway({ database })
      await gateway.people(1, 2, 3)
      for (const id of [1, 2, 3]) await gateway.as(id).accounts.password.query()
    })
    afterAll(() => gateway.close())

    function loseThenRefuse(operation: string, refusal: object): void {
      const { faults } = gateway.emulator
      faults.clear()
      faults.add({ operation, drop: true, afterCommit: true, times: 1 })
      faults.add({ operation, ...refusal })
    }
    const newGroup = async () =>
      (await gateway.as(1).groups.create.mutate({ groupname: 'g', desc: 'd', members: ['2'] })).im_group_id
    const read = async (id: string) => (await gateway.as(1).groups.get.query({ im_group_id: [id] }))[0]

    describe.each(refusals)('with $status $error', refusal => {
      test('leaves one password on both sides', async () => {
        loseThenRefuse('users.password', refusal)
        await gateway
          .as(2)
          .accounts.resetPassword.mutate()
          .catch(() => undefined)
        gateway.emulator.faults.clear()
        const { im_pwd_hash } = await gateway.as(2).accounts.password.query()
        expect(await gateway.services.vendor.users.verifyPassword('2', im_pwd_hash)).toBe(true)
      })

      test('sets the picture of a group whose fields have changed', async () => {
        const id = await newGroup()
        loseThenRefuse('groups.update', refusal)
        await gateway
          .as(1)
          .groups.update.mutate({ im_group_id: id, groupname: 'new', desc: 'n', group_face: 7 })
        gateway.emulator.faults.clear()
        expect(await read(id)).toMatchObject({ name: 'new', group_face: expect.stringContaining('7') })
      })

      test('answers with the group that was created, also where it could not be looked for in between', async () => {
        loseThenRefuse('groups.create', refusal)
        gateway.emulator.faults.add({ operation: 'groups.get', status: 405, times: 1 })
        const id = await newGroup()
        gateway.emulator.faults.clear()
        expect(await read(id)).toMatchObject({ name: 'g' })
      })

      test('deletes the local row of a group that is gone', async () => {
        const id = await newGroup()
        loseThenRefuse('groups.delete', refusal)
        await gateway.as(1).groups.delete.mutate({ im_group_id: id })
        gateway.emulator.faults.clear()
        const rows = await gateway.services.database.prepared('select 1 from groups where id = $1', [id])
        expect([gateway.emulator.state.groups.get(id), rows]).toEqual([undefined, []])
      })
    })
  },
)
