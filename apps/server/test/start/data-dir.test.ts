import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { openDataDir } from '../../src/start/data-dir.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})
function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'easemob-gateway-data-'))
  folders.push(made)
  return join(made, 'data')
}

test('a folder is one process’s alone until released', () => {
  const path = folder()
  const first = openDataDir(path)
  expect(() => openDataDir(path)).toThrow(
    new RegExp(`in use by process ${process.pid}: stop it, or set DATA_DIR`),
  )
  first.release()
  openDataDir(path).release()
})

test('a lock left by a process that is gone is taken over', async () => {
  const path = folder()
  openDataDir(path).release()
  const child = spawn(process.execPath, ['-e', ''])
  await new Promise(resolve => child.once('exit', resolve))
  writeFileSync(join(path, 'lock'), `${child.pid} 12345`)
  openDataDir(path).release()
})

test('a lock whose process id now belongs to another process is taken over', () => {
  const path = folder()
  openDataDir(path).release()
  writeFileSync(join(path, 'lock'), `${process.pid} 1`)
  openDataDir(path).release()
})

test('a lock that nobody can have written is taken over', () => {
  const path = folder()
  openDataDir(path).release()
  for (const text of ['', 'nonsense', '-1', '0 0', '99999999999999999999']) {
    writeFileSync(join(path, 'lock'), text)
    openDataDir(path).release()
  }
})

test('secrets are made once, each its own, and only their owner can read them', () => {
  const path = folder()
  const first = openDataDir(path)
  const [jwt, key] = [first.secret('jwt-secret', 48), first.secret('im-password-key', 32)]
  expect(Buffer.from(jwt, 'base64')).toHaveLength(48)
  expect(Buffer.from(key, 'base64')).toHaveLength(32)
  first.release()
  const second = openDataDir(path)
  expect([second.secret('jwt-secret', 48), second.secret('im-password-key', 32)]).toEqual([jwt, key])
  second.release()
  expect(readFileSync(join(path, 'jwt-secret'), 'utf8').trim()).toBe(jwt)
  for (const name of ['jwt-secret', 'im-password-key'])
    expect(statSync(join(path, name)).mode & 0o777).toBe(0o600)
  expect(statSync(path).mode & 0o777).toBe(0o700)
})
