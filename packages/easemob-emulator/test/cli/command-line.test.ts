import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { connect, http } from '../support/client.ts'
import { addressOf, folder, program, startedProgram } from '../support/process.ts'

describe('start', () => {
  test('prints the address and an .env block, and ends with 0 on SIGTERM', async () => {
    const { child, output, ended, url } = await startedProgram('--app-key', 'acme#chat', '--client-id', 'me')
    expect(output()).toContain("EASEMOB_APP_KEY='acme#chat'\nEASEMOB_CLIENT_ID=me\nEASEMOB_CLIENT_SECRET=")
    expect(output()).toContain(`EASEMOB_BASE_URL=${url}\n`)
    child.kill('SIGTERM')
    expect(await ended).toEqual({ code: 0, signal: null })
  })

  test('ends with 0 on SIGINT', async () => {
    const { child, ended } = await startedProgram('start')
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 0, signal: null })
  })

  test('seeds from a file', async () => {
    const seed = join(folder(), 'seed.json')
    writeFileSync(
      seed,
      JSON.stringify({
        users: [{ username: '1', password: 'p' }],
        groups: [{ groupid: '77', groupname: 'g', owner: '1' }],
      }),
    )
    const { call } = await connect(addressOf((await startedProgram('--seed', seed)).url))
    expect((await call('GET', '/chatgroups/77')).body).toMatchObject({ data: [{ name: 'g', owner: '1' }] })
  })

  test('passes the other options on', async () => {
    const args = [
      '--registration',
      'open',
      '--max-users',
      '1',
      '--calls-per-second',
      '100',
      '--vendor-limits',
    ]
    const { url } = await startedProgram(...args, '--latency', '1', '--host', 'localhost')
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
    const { ended, output } = program('--port', String(port))
    expect((await ended).code).toBe(1)
    expect(output()).toMatch(/^easemob-emulator: the port is taken .*--port\n$/)
  })

  test.each([
    ['--bogus', /Unknown option '--bogus'/],
    ['--port=many', /--port takes a number, not many/],
    ['--port=70000', /port/],
    ['--app-key=demo', /appKey[\s\S]*|must be org#app/],
    ['--registration=maybe', /open or authorized/],
    ['--callback-url=http://localhost:1', /--callback-secret/],
    ['dance', /unknown command dance/],
    ['exec', /exec takes one command/],
  ])('refuses %s with 2', async (arg, message) => {
    const { ended, output } = program(arg)
    expect((await ended).code).toBe(2)
    expect(output()).toMatch(message)
  })

  test('--help shows the options and ends with 0', async () => {
    const { ended, output } = program('--help')
    expect((await ended).code).toBe(0)
    expect(output()).toContain('--snapshot FILE')
  })
})

describe('exec', () => {
  test('runs a command against the emulator and ends with its code', async () => {
    const script = [
      "fetch(process.env.EASEMOB_BASE_URL + '/' + process.env.EASEMOB_APP_KEY.replace('#', '/') + '/token', {",
      "method: 'POST', body: JSON.stringify({ grant_type: 'client_credentials',",
      'client_id: process.env.EASEMOB_CLIENT_ID, client_secret: process.env.EASEMOB_CLIENT_SECRET }) })',
      ".then(r => { console.log('answer', r.status); process.exitCode = 7 })",
    ].join(' ')
    const file = join(folder(), 'command.cjs')
    writeFileSync(file, script)
    const { ended, output } = program('exec', `"${process.execPath}" "${file}"`, '--client-secret', 'a b')
    expect((await ended).code).toBe(7)
    expect(output()).toBe('answer 200\n')
  })

  test('ends the whole group of the command when stopped', async () => {
    const file = join(folder(), 'command.cjs')
    writeFileSync(
      file,
      `const { spawn } = require('node:child_process')
       const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' })
       console.log('grandchild', child.pid); setInterval(() => {}, 1000)`,
    )
    const { child, ended, until } = program('exec', `"${process.execPath}" "${file}"`)
    await until(/grandchild \d+/)
    child.kill('SIGTERM')
    // The output of the program closes when the last process that writes to it is gone.
    expect((await ended).code).toBe(143)
  })
})
