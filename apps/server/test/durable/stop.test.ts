import { request } from 'node:http'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { type Gateways, gateways } from './gateways.ts'

const drainMs = 4000
const people = 600
const soon = { timeout: 20_000, interval: 20 }

describe('SIGTERM', () => {
  let world: Gateways
  beforeAll(async () => {
    world = await gateways()
  })
  afterAll(() => world.close())

  test('ends within the drain time, however much is open, and hands back what it has not begun', async () => {
    const gateway = world.start({ DRAIN_TIMEOUT_MS: String(drainMs), EASEMOB_CALLS_PER_SECOND: '5' })
    const { url } = await gateway.listening()
    const admin = world.client(url, 'admin')
    const users = Array.from({ length: people }, (_, at) => ({ id: String(at + 1), name: 'u' }))
    await admin.users.import.mutate({ users })

    // A vendor that takes its time over one batch, so that a run, a watcher and a caller are all waiting.
    world.emulator.faults.add({ operation: 'users.create', delayMs: 60_000 })
    const { run } = await admin.accounts.registerMissing.mutate({ wait: 0 })
    await vi.waitFor(() => expect(world.emulator.requests.counts()['users.create']).toBeGreaterThan(0), soon)
    const waiting = admin.accounts.registerMissing.mutate({ wait: 60 }).catch(() => 'cut')
    // And one whose request never ends.
    const endless = request(`${url}/easemob/group`, { method: 'POST', headers: { 'content-length': '100' } })
    endless.on('error', () => {}).write('{')
    const running = admin.accounts.registerMissing.mutate({ wait: 2 })
    // Sent last and answered first: by then the gateway has all of them.
    const seen = Promise.withResolvers<void>()
    const options = { onData: () => seen.resolve(), onError: () => {} }
    const watching = admin.runs.watch.subscribe({ id: run.id }, options)
    await seen.promise

    const began = performance.now()
    gateway.child.kill('SIGTERM')
    expect((await running).run).toMatchObject({ id: run.id, state: 'running' })
    expect(await gateway.ended).toBe(0)
    expect(performance.now() - began).toBeLessThan(drainMs + 1000)
    await waiting
    watching.unsubscribe()

    const database = await world.database.open()
    // A claim lasts 30 s; who was lost on the way waits a second or two.
    const claimed = await database.rows(
      z.object({ users: z.int() }),
      sql`select count(*)::int as users from accounts
          where state = 'pending' and claimed_until > now() + interval '5 seconds'`,
    )
    await database.close()
    expect(claimed).toEqual([{ users: 0 }])

    world.emulator.faults.clear()
    const next = await world.start({ EASEMOB_CALLS_PER_SECOND: '1000' }).listening()
    const ended = await world.client(next.url, 'admin').accounts.registerMissing.mutate({ wait: 60 })
    expect(ended.run).toMatchObject({ id: run.id, state: 'done', done: people, failed: 0 })
    expect(world.emulator.requests.tallies().usersCreated).toBe(people)
  }, 120_000)
})
