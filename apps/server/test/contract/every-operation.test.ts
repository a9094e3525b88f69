import type { Operation, Route } from '@easemob-gateway/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { type Sample, samples } from '../../../../packages/contracts/test/samples.ts'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { type Answer, field, send } from '../support/wire.ts'

type Input = Readonly<Record<string, unknown>>

const routed = samples.flatMap(sampled => {
  const { route } = sampled.operation
  return route ? [{ ...sampled, route }] : []
})

describe.each(databaseKinds)('every operation succeeds with what the contract says, on %s', database => {
  let gateway: Gateway
  let run: string
  beforeAll(async () => {
    gateway = await startGateway({ database })
    await gateway.people(1, 2, 3, 5)
    run = (await gateway.admin().accounts.registerMissing.mutate({ wait: 30 })).run.id
  })
  afterAll(() => gateway.close())

  async function inputOf(sample: Sample): Promise<Input> {
    const members = ['2', '5']
    const made = await gateway.as(1).groups.create.mutate({ groupname: 'g', desc: 'd', members })
    return sample.input({ group: made.im_group_id, run })
  }
  /** An operation without input is called without one. */
  const isEmpty = (input: Input) => Object.keys(input).length === 0
  const queryOf = (input: Input) =>
    isEmpty(input) ? '' : `?input=${encodeURIComponent(JSON.stringify(input))}`
  const who = ({ access }: Operation) => ({ as: 1, admin: access === 'admin' })

  test.each(samples)('$name by tRPC', async ({ name, operation, sample }) => {
    const input = await inputOf(sample)
    const answer =
      operation.kind === 'mutation'
        ? await send(gateway, `POST /trpc/${name}`, {
            ...who(operation),
            headers: { 'content-type': 'application/json' },
            body: isEmpty(input) ? '' : JSON.stringify(input),
          })
        : await send(gateway, `GET /trpc/${name}${queryOf(input)}`, who(operation))
    expect(answer.status).toBe(200)
    const data = operation.kind === 'subscription' ? lastEvent(answer) : field(answer.json, 'result', 'data')
    expect(z.safeParse(operation.output, data)).toMatchObject({ success: true })
    expect(z.parse(operation.output, data)).toEqual(data)
  })

  /** The same input as the legacy wire has it: path, query for GET and DELETE, a form for the rest. */
  async function byRest(route: Route, input: Input, caller: { as: number; admin: boolean }): Promise<Answer> {
    const fields = new URLSearchParams()
    let path: string = route.path
    for (const [key, value] of Object.entries(input)) {
      if (path.includes(`{${key}}`)) path = path.replace(`{${key}}`, String(value))
      else fields.set(key, Array.isArray(value) ? value.join(',') : String(value))
    }
    if (route.method === 'GET' || route.method === 'DELETE')
      return send(gateway, `${route.method} /api/v2/easemob${path}?${fields}`, caller)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return send(gateway, `${route.method} /easemob${path}`, { ...caller, headers, body: fields.toString() })
  }

  test.each(routed)('$name by REST', async ({ operation, route, sample }) => {
    const answer = await byRest(route, await inputOf(sample), who(operation))
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
    '$name says the same on both adapters',
    async ({ name, operation, route, sample }) => {
      const input = await inputOf(sample)
      const rest = await byRest(route, input, who(operation))
      const trpc = field(
        (await send(gateway, `GET /trpc/${name}${queryOf(input)}`, who(operation))).json,
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
