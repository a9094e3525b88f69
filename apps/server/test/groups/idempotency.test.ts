import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../support/harness.ts'

const waitMs = 10_000

let gateway: Gateway
beforeAll(async () => {
  gateway = await startGateway({ database: 'postgres' })
  await gateway.people(1)
  await gateway.as(1).accounts.password.query()
})
afterAll(() => gateway.close())

test('a second request waits ten seconds for a first that hangs, and both get its group when the vendor is back', async () => {
  const began = performance.now()
  const create = (desc = 'd') =>
    gateway
      .as(1)
      .groups.create.mutate({ groupname: '花儿巷', desc, idempotency_key: 'once' })
      .then(
        ({ im_group_id }) => im_group_id,
        error => ({ reason: error.data?.reason, ms: performance.now() - began }),
      )
  gateway.emulator.faults.add({ operation: 'groups.create', delayMs: 60_000 })
  const first = create()
  while (!gateway.emulator.requests.counts()['groups.create']) await new Promise(setImmediate)
  const second = create()
  expect(await create('other')).toMatchObject({ reason: 'CONFLICT' })
  const told = await second
  expect(told).toMatchObject({ reason: 'CONFLICT' })
  expect(typeof told === 'object' && told.ms).toBeGreaterThan(waitMs)
  expect(await first).toMatchObject({ reason: 'VENDOR_UNAVAILABLE' })

  gateway.emulator.faults.clear()
  const made = await Promise.all([create(), create()])
  expect(gateway.emulator.state.groups.list().map(({ id }) => [id, id])).toEqual([made])
}, 60_000)
