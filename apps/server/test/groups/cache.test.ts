import type { GatewayClient } from '@easemob-gateway/client'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMetrics } from '../../src/start/metrics.ts'
import { createServices } from '../../src/start/services.ts'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'

const owner = 1
const others = [2, 3, 4, 5]
const outsider = 6
const sequences = 12

const member = fc.constantFrom(...others).map(String)
/** Everything that changes a group through the gateway, and a read in between that fills the cache. */
const step = fc.oneof(
  fc.record({ do: fc.constant('add' as const), member }),
  fc.record({ do: fc.constant('remove' as const), member }),
  fc.record({
    do: fc.constant('update' as const),
    groupname: fc.stringMatching(/^[a-z]{1,8}$/),
    maxusers: fc.option(fc.integer({ min: 6, max: 20 }), { nil: undefined }),
    group_face: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    public: fc.option(fc.boolean(), { nil: undefined }),
  }),
  fc.record({ do: fc.constant('rename' as const), member, name: fc.stringMatching(/^[a-z]{1,8}$/) }),
  fc.record({ do: fc.constant('read' as const) }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

describe.each(databaseKinds)('groups read through the cache on %s', database => {
  let gateway: Gateway
  let uncached: Gateway['services']
  beforeAll(async () => {
    // A minute: whatever is not forgotten on a write stays wrong until the end of the test.
    gateway = await startGateway({ database, env: { CACHE_TTL_MS: '60000' } })
    uncached = withoutCache(gateway.services)
    await gateway.people(owner, ...others, outsider)
  })
  afterAll(async () => {
    await uncached.vendor.close()
    await gateway.close()
  })

  test('equal what is read without it, after any sequence of writes, for everybody', async () => {
    const ask = async (userId: number, path: string, cached: boolean) => {
      const headers = { authorization: `Bearer ${await gateway.token({ sub: String(userId) })}` }
      const answer = cached
        ? await fetch(gateway.url + path, { headers })
        : await uncached.app.request(path, { headers })
      return { status: answer.status, body: await answer.json() }
    }
    const compare = async (id: string) => {
      for (const operation of ['group', 'groups'])
        for (const reader of [owner, 2, outsider]) {
          const path = `/easemob/${operation}?im_group_id=${id}`
          expect(await ask(reader, path, true)).toEqual(await ask(reader, path, false))
        }
    }
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async steps => {
        const client = gateway.as(owner)
        const { im_group_id: id } = await client.groups.create.mutate({
          groupname: 'first',
          desc: 'd',
          members: ['2'],
        })
        await compare(id)
        for (const one of steps) {
          await take(one, id, client)
          await compare(id)
        }
        await client.groups.delete.mutate({ im_group_id: id })
        await compare(id)
      }),
      { numRuns: sequences },
    )
  })

  async function take(one: Step, id: string, client: GatewayClient): Promise<void> {
    if (one.do === 'add') await client.groups.addMembers.mutate({ im_group_id: id, members: [one.member] })
    else if (one.do === 'remove')
      await client.groups.removeMembers.mutate({ im_group_id: id, members: [one.member] })
    else if (one.do === 'rename')
      await gateway.admin().users.import.mutate({ users: [{ id: one.member, name: one.name }] })
    else if (one.do === 'update') {
      const { do: _, ...change } = one
      await client.groups.update.mutate({ im_group_id: id, desc: 'd', ...change })
    } else await client.groups.get.query({ im_group_id: [id] })
  }
})

/** A second gateway on the same database and vendor, which reads at every request. */
function withoutCache({ env, database, log }: Gateway['services']): Gateway['services'] {
  if (!env.vendor) throw new Error('the harness sets an app key')
  return createServices({
    env: { ...env, cacheTtlMs: 0 },
    ...{ database, log, vendorAccess: env.vendor, metrics: createMetrics() },
  })
}
