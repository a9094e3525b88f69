import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { run } from '../../src/cli/run.ts'
import { connect, http } from '../support/client.ts'
import { addressOf, folder } from '../support/process.ts'

/** Runs the command line in this process, until its end or, through `listening`, for as long as the test uses it. */
function commandLine(...args: string[]) {
  const stop = new AbortController()
  const listening = Promise.withResolvers<string>()
  let output = ''
  const write = (text: string) => {
    output += text
    const url = /listening on (http:\S+)/.exec(output)?.[1]
    if (url !== undefined) listening.resolve(url)
  }
  const ended = run(args, { out: write, err: write, stop: stop.signal })
  void ended.then(code => listening.reject(new Error(`ended with ${code}: ${output}`)))
  listening.promise.catch(() => {})
  onTestFinished(async () => {
    stop.abort()
    await ended
  })
  return { ended, listening: listening.promise, output: () => output }
}

describe('start', () => {
  test('seeds from a file', async () => {
    const seed = join(folder(), 'seed.json')
    writeFileSync(
      seed,
      JSON.stringify({
        users: [{ username: '1', password: 'p' }],
        groups: [{ groupid: '77', groupname: 'g', owner: '1' }],
      }),
    )
    const { call } = await connect(addressOf(await commandLine('--seed', seed).listening))
    expect((await call('GET', '/chatgroups/77')).body).toMatchObject({ data: [{ name: 'g', owner: '1' }] })
  })

  test('passes the other options on', async () => {
    const limits = [
      '--registration',
      'open',
      '--max-users',
      '1',
      '--calls-per-second',
      '100',
      '--vendor-limits',
    ]
    const url = await commandLine(...limits, '--latency', '1', '--host', 'localhost').listening
    const user = (username: string) => JSON.stringify({ username, password: 'p' })
    expect((await http(`${url}/demo/app/users`, 'POST', user('a'))).status).toBe(200)
    expect((await http(`${url}/demo/app/users`, 'POST', user('b'))).status).toBe(429)
  })

  test('says so when the port is taken, and ends with 1', async () => {
    const server = createServer()
    onTestFinished(() => {
      server.close()
    })
    const port = await new Promise<number>(resolve => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address()
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
    const { ended, output } = commandLine('--port', String(port))
    expect(await ended).toBe(1)
    expect(output()).toMatch(/^easemob-emulator: the port is taken .*--port\n$/)
  })
})

test.each([
  ['--bogus', /Unknown option '--bogus'/],
  ['--port=many', /--port takes a number, not many/],
  ['--port=70000', /port/],
  ['--app-key=demo', /must be org#app[\s\S]*appKey/],
  ['--registration=maybe', /open or authorized/],
  ['--callback-url=http://localhost:1', /--callback-secret/],
  ['dance', /unknown command dance/],
  ['exec', /exec takes one command/],
])('%s is refused with 2', async (arg, message) => {
  const { ended, output } = commandLine(arg)
  expect(await ended).toBe(2)
  expect(output()).toMatch(message)
})

test('--help shows the options and ends with 0', async () => {
  const { ended, output } = commandLine('--help')
  expect(await ended).toBe(0)
  expect(output()).toContain('--snapshot FILE')
})
