import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'

const message = z.object({
  body: z.object({ msg: z.string() }),
  ext: z.object({ type: z.string(), notice_id: z.string() }),
})
const soon = { timeout: 20_000, interval: 20 }

describe.each(databaseKinds)('the queue on %s', database => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway({ database })
    await gateway.people(1, 2)
  })
  afterAll(() => gateway.close())
  beforeEach(() => gateway.emulator.faults.clear())

  const create = () => gateway.as(1).groups.create.mutate({ groupname: '花儿巷', desc: 'd' })
  const told = (groupId: string) =>
    gateway.emulator.state.messages
      .list()
      .filter(({ to }) => to.includes(groupId))
      .map(one => message.parse(one).ext)
  const queue = async () => (await gateway.admin().system.status.query()).queue
  const run = (statement: ReturnType<typeof sql>) => gateway.services.database.rows(z.unknown(), statement)
  /** As after ten hours of tries: the next one is the last, and it is due. */
  const lastTry = () =>
    run(sql`update pgboss.job set retry_limit = retry_count, start_after = now()
            where name <> 'dead' and state in ('created', 'retry')`)
  /** As when the pause is over. */
  const due = () => run(sql`update pgboss.job set start_after = now() where state = 'retry'`)

  test('a notice whose answer is lost is sent again under the same id', async () => {
    gateway.emulator.faults.add({ operation: 'messages.chatgroups', drop: true, afterCommit: true, times: 1 })
    const { im_group_id } = await create()
    await vi.waitFor(async () => {
      await due()
      expect(told(im_group_id).length).toBe(2)
    }, soon)
    const [first, second] = told(im_group_id)
    expect(second).toEqual(first)
    await vi.waitFor(async () => expect(await queue()).toEqual({ waiting: 0, dead: 0, intents: 0 }), soon)
  })

  test('what is given up is seen as dead, kept, and sent after a retry under the same id', async () => {
    gateway.emulator.faults.add({ operation: 'messages.chatgroups', status: 503 })
    const { im_group_id } = await create()
    await vi.waitFor(async () => {
      await lastTry()
      expect(await queue()).toEqual({ waiting: 0, dead: 1, intents: 0 })
    }, soon)
    const kept = await gateway.services.database.rows(
      z.object({ years: z.number(), id: z.string() }),
      sql`select extract(year from age(keep_until, now()))::float8 as years, data ->> 'id' as id
          from pgboss.job where name = 'dead'`,
    )
    expect(kept).toEqual([{ years: expect.any(Number), id: expect.any(String) }])
    expect(kept[0]?.years).toBeGreaterThanOrEqual(9)
    expect(told(im_group_id)).toEqual([])

    gateway.emulator.faults.clear()
    expect(await gateway.admin().system.retry.mutate()).toEqual({ retried: 1 })
    await vi.waitFor(() => expect(told(im_group_id)).toMatchObject([{ notice_id: kept[0]?.id }]), soon)
    await vi.waitFor(async () => expect(await queue()).toEqual({ waiting: 0, dead: 0, intents: 0 }), soon)
    expect(await gateway.admin().system.retry.mutate()).toEqual({ retried: 0 })
  })

  test('a retry brings back all of them, however many', async () => {
    await run(sql`insert into pgboss.job (name, data, source_name)
                  select 'dead', '{"userId":"404"}', 'activation' from generate_series(1, 2500)`)
    expect(await gateway.admin().system.retry.mutate()).toEqual({ retried: 2500 })
    expect((await queue()).dead).toBe(0)
    await run(sql`delete from pgboss.job where name = 'activation'`)
  })
})
