import { once } from 'node:events'
import { contract } from '@easemob-gateway/contracts'
import { expect, test } from 'vitest'
import { gatewayWorkplace } from '../support/gateway-workplace.ts'

const world = gatewayWorkplace()

test('register-missing follows the run to its end and prints the final run', async () => {
  await world.gateway.importPeople(...Array.from({ length: 200 }, (_, at) => at + 101))
  const ran = await world.place.run(['accounts', 'register-missing', '--json'])
  const run = contract.runs.get.output.parse(JSON.parse(ran.out))
  expect(run).toMatchObject({ state: 'done', total: 200, done: 200, failed: 0 })
  expect(ran).toMatchObject({ code: 0, err: expect.stringContaining(`Run ${run.id}`) })
})

test('runs watch --json prints a line for each change, the last one the end', async () => {
  await world.gateway.importPeople(...Array.from({ length: 300 }, (_, at) => at + 1001))
  const { run } = await world.gateway.admin.accounts.registerMissing.mutate({ wait: 0 })
  const { code, out } = await world.place.run(['runs', 'watch', '--id', run.id, '--json'])
  const seen = out
    .trim()
    .split('\n')
    .map(line => contract.runs.watch.output.parse(JSON.parse(line)))
  expect(code).toBe(0)
  expect(seen.at(-1)).toMatchObject({ id: run.id, state: 'done', done: 300 })
})

test('a run that does not exist is refused by name', async () => {
  const ran = await world.place.run(['runs', 'watch', '--id', '4040'])
  expect(ran).toMatchObject({ code: 1, out: '', err: expect.stringContaining('NOT_FOUND') })
})

test('Ctrl-C leaves the run running and says how to watch or stop it', async () => {
  await world.gateway.importPeople(...Array.from({ length: 300 }, (_, at) => at + 2001))
  const rule = { operation: 'users.create', delayMs: 2000, times: 1 }
  await fetch(`${world.gateway.emulatorUrl}/_emulator/faults`, { method: 'POST', body: JSON.stringify(rule) })
  const child = world.place.start(['accounts', 'register-missing', '--json'])
  const closed = once(child, 'close')
  let err = ''
  child.stderr.setEncoding('utf8')
  for await (const text of child.stderr) {
    err += text
    if (/Run \d+: 300 users/.test(err) && !child.killed) child.kill('SIGINT')
  }
  const [code] = await closed
  const id = /Run (\d+):/.exec(err)?.[1] ?? ''
  expect(code).toBe(130)
  expect(err).toContain('Watch it again: easemob accounts register-missing')
  expect(err).toContain(`Stop it: easemob runs cancel --id ${id}`)
  const again = await world.place.run(['accounts', 'register-missing', '--json'])
  expect(JSON.parse(again.out)).toMatchObject({ id, state: 'done', done: 300 })
})
