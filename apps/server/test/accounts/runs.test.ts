import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'

describe.each(databaseKinds)('registration runs on %s', database => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway({ database, env: { EASEMOB_CALLS_PER_SECOND: '10000' } })
  })
  afterAll(() => gateway.close())

  const ids = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)
  const registerMissing = (wait: number) => gateway.admin().accounts.registerMissing.mutate({ wait })

  test('everyone who is missing is registered, each once, whoever else joins the run', async () => {
    await gateway.people(...ids(1000, 2000))
    const runs = await Promise.all([registerMissing(60), registerMissing(60), registerMissing(0)])
    expect(new Set(runs.map(({ run }) => run.id)).size).toBe(1)
    expect(runs[0]?.run).toMatchObject({ state: 'done', total: 2000, done: 2000, failed: 0 })
    expect(gateway.emulator.state.users.count).toBe(2000)
    expect(gateway.emulator.requests.tallies().existingUsersNamed).toBe(0)
  })

  test('with nobody missing a run is done at once', async () => {
    expect((await registerMissing(20)).run).toMatchObject({ state: 'done', total: 0, done: 0 })
  })

  test('accounts the vendor has already are adopted', async () => {
    await gateway.people(...ids(5000, 100))
    const taken = ids(5000, 70).map(id => ({ username: String(id), password: 'before' }))
    await gateway.services.vendor.users.createMany(taken)
    expect((await registerMissing(60)).run).toMatchObject({ state: 'done', total: 100, done: 100 })
    const { im_pwd_hash } = await gateway.as(5000).accounts.password.query()
    expect(await gateway.services.vendor.users.verifyPassword('5000', im_pwd_hash)).toBe(true)
  })

  test('a vendor that fails for a while delays the run and loses nobody', async () => {
    await gateway.people(...ids(6000, 300))
    gateway.emulator.faults.add({
      operation: 'users.create',
      status: 503,
      probability: 0.5,
      afterCommit: true,
      seed: 7,
    })
    const { run } = await registerMissing(60)
    gateway.emulator.faults.clear()
    expect(run).toMatchObject({ state: 'done', total: 300, done: 300, failed: 0 })
    expect(gateway.emulator.state.users.get('6299')).toBeDefined()
  })

  test('whom the vendor refuses is told with the reason, and taken up again by the next run', async () => {
    await gateway.people(...ids(7000, 120))
    gateway.emulator.faults.add({ operation: 'users.create', error: 'resource_limited', times: 1 })
    const { run } = await registerMissing(60)
    expect(run).toMatchObject({ state: 'done', total: 120, done: 60, failed: 60 })
    const told = await gateway.admin().runs.get.query({ id: run.id })
    expect(told.errors).toHaveLength(20)
    expect(new Set(told.errors.map(({ reason }) => reason))).toEqual(new Set(['plan_limit']))
    expect((await registerMissing(60)).run).toMatchObject({ state: 'done', total: 60, done: 60, failed: 0 })
  })

  test('progress can be watched to the end, and resumed after what was seen', async () => {
    await gateway.people(...ids(8000, 600))
    const { run } = await registerMissing(0)
    const seen: { id: string; done: number; state: string }[] = []
    await new Promise<void>((resolve, reject) => {
      gateway.admin().runs.watch.subscribe(
        { id: run.id },
        {
          onData: event => seen.push({ id: event.id, done: event.data.done, state: event.data.state }),
          onComplete: resolve,
          onError: reject,
        },
      )
    })
    expect(seen.at(-1)).toMatchObject({ done: 600, state: 'done' })
    expect(seen.map(({ done }) => done)).toEqual(seen.map(({ done }) => done).toSorted((a, b) => a - b))
    const again: string[] = []
    await new Promise<void>((resolve, reject) => {
      gateway
        .admin()
        .runs.watch.subscribe(
          { id: run.id, lastEventId: seen.at(-1)?.id ?? null },
          { onData: event => again.push(event.id), onComplete: resolve, onError: reject },
        )
    })
    expect(again).toEqual([])
  })

  test('a cancelled run stops, and the next one takes up the rest', async () => {
    await gateway.people(...ids(20_000, 3000))
    gateway.emulator.faults.add({ operation: 'users.create', delayMs: 50, probability: 1 })
    const { run } = await registerMissing(0)
    const cancelled = await gateway.admin().runs.cancel.mutate({ id: run.id })
    gateway.emulator.faults.clear()
    expect(cancelled.state).toBe('cancelled')
    expect((await registerMissing(60)).run).toMatchObject({ state: 'done', failed: 0 })
    expect(gateway.emulator.state.users.get('22999')).toBeDefined()
    const { runs } = await gateway.admin().runs.list.query({ limit: 2 })
    expect(runs.map(({ state }) => state)).toEqual(['done', 'cancelled'])
  })
})
