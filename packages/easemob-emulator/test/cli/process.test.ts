import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folder, program, startedProgram } from '../support/process.ts'

describe('start as a process', () => {
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
})

describe('exec as a process', () => {
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
