import { contract } from '@easemob-gateway/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { samples } from '../../../../packages/contracts/test/samples.ts'
import { type GatewayProcess, startGateway } from '../support/gateway-process.ts'
import { runInProcess } from '../support/run-in-process.ts'

let gateway: GatewayProcess
let env: { gatewayUrl: string; gatewayToken: string }
let run: string

beforeAll(async () => {
  gateway = await startGateway()
  await gateway.importPeople(1, 2, 3, 5)
  env = { gatewayUrl: gateway.url, gatewayToken: await gateway.token('1', 'admin') }
  run = (await gateway.admin.accounts.registerMissing.mutate({ wait: 30 })).run.id
})
afterAll(() => gateway?.[Symbol.asyncDispose]())

/** The answer of a command that must succeed, from `--json`, which must be all that stdout holds. */
async function json(...args: string[]): Promise<unknown> {
  const { code, out, err } = await runInProcess([...args, '--json'], env)
  expect({ code, err }, args.join(' ')).toMatchObject({ code: 0 })
  expect(out).toMatch(/^[^\n]+\n$/)
  return JSON.parse(out)
}

async function newGroup(): Promise<string> {
  const made = await json('groups', 'create', '--groupname', 'g', '--desc', 'd', '--members', '2,5')
  return contract.groups.create.output.parse(made).im_group_id
}

/** An input as it is written on the command line. */
function flagsOf(input: object): string[] {
  return Object.entries(input).map(([field, value]) => {
    const isList = Array.isArray(value) && value.every(item => typeof item === 'string')
    if (isList) return `--${field}=${value.join()}`
    return `--${field}=${typeof value === 'object' ? JSON.stringify(value) : value}`
  })
}

test.each(samples)('$name is a command, and --json prints what its contract promises', async one => {
  const input = one.sample.input({ group: await newGroup(), run })
  const answer = await json(...one.name.split('.'), ...flagsOf(input))
  expect(z.safeParse(one.operation.output, answer).error).toBeUndefined()
})

test.each(samples)('$name --help shows its summary and a flag for every field', async one => {
  const { code, out } = await runInProcess([...one.name.split('.'), '--help'], {})
  expect(code).toBe(0)
  expect(out).toContain(one.operation.summary)
  for (const field of Object.keys(one.sample.input({ group: '1', run: '1' })))
    expect(out).toContain(field.replaceAll('_', '-'))
})

test('a group is shown to people with its members in a table', async () => {
  const { code, out } = await runInProcess(['groups', 'get', '--im-group-id', await newGroup()], env)
  expect(code).toBe(0)
  expect(out).toMatch(/name +g/)
  expect(out).toMatch(/affiliations:\n +id +name/)
  for (const name of ['u1', 'u2', 'u5']) expect(out).toContain(name)
})

test('a refusal of the gateway exits with 1 and names reason, flags and request, on stderr alone', async () => {
  const group = await newGroup()
  const other = { ...env, gatewayToken: await gateway.token('2') }
  const [absent, invalid, forbidden, unsigned] = await Promise.all([
    runInProcess(['groups', 'get', '--im-group-id', '404', '--json'], env),
    runInProcess(['groups', 'create', '--groupname', 'x', '--desc', 'y', '--maxusers', '1', '--json'], env),
    runInProcess(['groups', 'delete', '--im-group-id', group, '--json'], other),
    runInProcess(['system', 'status', '--token', 'made.up.token', '--json'], env),
  ])
  for (const ran of [absent, invalid, forbidden, unsigned]) {
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toMatch(/^error: .+\nwhy: {3}.+request id .+\nnext: {2}.+\n$/)
  }
  expect(absent.err).toContain('GROUP_NOT_FOUND')
  expect(invalid.err).toMatch(/VALIDATION_FAILED; --maxusers: /)
  expect(forbidden.err).toContain('FORBIDDEN')
  expect(unsigned.err).toMatch(/UNAUTHENTICATED[\s\S]*easemob token --user 1/)
  expect(unsigned.err).not.toContain('made.up')
})

test('a token made by the command is accepted by the gateway', async () => {
  const made = await runInProcess(['token', '--user', '900001', '--admin'], { jwtSecret: gateway.jwtSecret })
  expect(await json('system', 'status', '--token', made.out.trim())).toHaveProperty('database.kind', 'pglite')
})
