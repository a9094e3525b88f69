import { contract, type Operation, type Route, walk } from '@easemob-gateway/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { type Answer, field, send } from '../support/wire.ts'

type Input = Readonly<Record<string, unknown>> | undefined

/** What is asked of each operation, by a user who owns a fresh group, or by an administrator. */
const samples: Readonly<Record<string, (world: { group: string; run: string }) => Input>> = {
  'accounts.register': () => ({ user_id: '1' }),
  'accounts.registerMany': () => ({ user_ids: ['1', '2'] }),
  'accounts.registerMissing': () => ({ wait: 30 }),
  'accounts.resetPassword': () => undefined,
  'accounts.password': () => undefined,
  'groups.get': ({ group }) => ({ im_group_id: [group] }),
  'groups.list': ({ group }) => ({ im_group_id: [group] }),
  'groups.create': () => ({ groupname: '花', desc: '儿', members: ['2', '3'], public: false }),
  'groups.update': ({ group }) => ({
    im_group_id: group,
    groupname: 'n',
    desc: 'd',
    maxusers: 300,
    group_face: 7,
  }),
  'groups.delete': ({ group }) => ({ im_group_id: group }),
  'groups.faces': ({ group }) => ({ im_group_id: [group] }),
  'groups.addMembers': ({ group }) => ({ im_group_id: group, members: ['3'] }),
  'groups.removeMembers': ({ group }) => ({ im_group_id: group, members: ['2'] }),
  'users.import': () => ({ users: [{ id: 1, name: 'u1' }] }),
  'users.get': () => ({ id: '1' }),
  'users.list': () => ({ limit: 2 }),
  'runs.get': ({ run }) => ({ id: run }),
  'runs.list': () => ({ limit: 1 }),
  'runs.watch': ({ run }) => ({ id: run }),
  'runs.cancel': ({ run }) => ({ id: run }),
  'system.status': () => undefined,
  'system.retry': () => undefined,
  'system.audit': () => ({ limit: 1 }),
  'keys.rotate': () => undefined,
}

const operations = walk(contract).map(([name, operation]) => ({ name, operation }))
const routed = operations.flatMap(({ name, operation }) =>
  operation.route ? [{ name, operation, route: operation.route }] : [],
)

test('every operation has a sample, and every sample an operation', () => {
  expect(Object.keys(samples).sort()).toEqual(operations.map(({ name }) => name).sort())
})

describe.each(databaseKinds)('every operation succeeds with what the contract says, on %s', database => {
  let gateway: Gateway
  let run: string
  beforeAll(async () => {
    gateway = await startGateway({ database })
    await gateway.people(1, 2, 3)
    run = (await gateway.admin().accounts.registerMissing.mutate({ wait: 30 })).run.id
  })
  afterAll(() => gateway.close())

  async function inputOf(name: string): Promise<Input> {
    const made = await gateway.as(1).groups.create.mutate({ groupname: 'g', desc: 'd', members: ['2'] })
    return samples[name]?.({ group: made.im_group_id, run })
  }
  const who = ({ access }: Operation) => ({ as: 1, admin: access === 'admin' })

  test.each(operations)('$name by tRPC', async ({ name, operation }) => {
    const input = await inputOf(name)
    const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
    const answer =
      operation.kind === 'mutation'
        ? await send(gateway, `POST /trpc/${name}`, {
            ...who(operation),
            headers: { 'content-type': 'application/json' },
            body: input === undefined ? '' : JSON.stringify(input),
          })
        : await send(gateway, `GET /trpc/${name}${query}`, who(operation))
    expect(answer.status).toBe(200)
    const data = operation.kind === 'subscription' ? lastEvent(answer) : field(answer.json, 'result', 'data')
    expect(z.safeParse(operation.output, data)).toMatchObject({ success: true })
    expect(z.parse(operation.output, data)).toEqual(data)
  })

  /** The same input as the legacy wire has it: path, query for GET and DELETE, a form for the rest. */
  async function byRest(route: Route, input: Input, caller: { as: number; admin: boolean }): Promise<Answer> {
    const fields = new URLSearchParams()
    let path: string = route.path
    for (const [key, value] of Object.entries(input ?? {})) {
      if (path.includes(`{${key}}`)) path = path.replace(`{${key}}`, String(value))
      else fields.set(key, Array.isArray(value) ? value.join(',') : String(value))
    }
    if (route.method === 'GET' || route.method === 'DELETE')
      return send(gateway, `${route.method} /api/v2/easemob${path}?${fields}`, caller)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return send(gateway, `${route.method} /easemob${path}`, { ...caller, headers, body: fields.toString() })
  }

  test.each(routed)('$name by REST', async ({ name, operation, route }) => {
    const answer = await byRest(route, await inputOf(name), who(operation))
    expect(answer.status).toBe(route.status)
    if (route.status === 204) return expect(answer.text).toBe('')
    if (operation.output._zod.def.type === 'null') return expect(answer.text).toBe('[]')
    if (route.message === undefined)
      return expect(z.parse(operation.output, answer.json)).toEqual(answer.json)
    const { message, ...data } = Object(answer.json)
    expect(message).toEqual([route.message])
    expect(z.parse(operation.output, data)).toEqual(data)
  })

  test.each(routed.filter(({ operation }) => operation.kind === 'query'))(
    '$name says the same on both faces',
    async ({ name, operation, route }) => {
      const input = await inputOf(name)
      const rest = await byRest(route, input, who(operation))
      const query = input === undefined ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
      const trpc = field(
        (await send(gateway, `GET /trpc/${name}${query}`, who(operation))).json,
        'result',
        'data',
      )
      const envelope = route.message === undefined ? {} : { message: [route.message] }
      expect(rest.json).toEqual(Array.isArray(trpc) ? trpc : { ...envelope, ...Object(trpc) })
    },
  )
})

/** The data of the last event of a finished stream. */
function lastEvent({ text }: Answer): unknown {
  const [, data = 'null'] = Array.from(text.matchAll(/^data: (\{.*"state".*\})$/gm)).at(-1) ?? []
  return JSON.parse(data)
}
