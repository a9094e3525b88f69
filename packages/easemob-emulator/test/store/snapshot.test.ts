import { appendFileSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createEmulator } from '../../src/index.ts'
import { connect, http } from '../support/client.ts'
import { get, getList, getText } from '../support/get.ts'
import { addressOf, folder, startedProgram } from '../support/process.ts'
import { start } from '../support/start.ts'

/** Fills an emulator with some of everything. */
async function fill({ call, register, group }: Awaited<ReturnType<typeof start>>) {
  await register('o', 'a', 'b', 'c')
  await call('PUT', '/users/a', { nickname: '昵称' })
  await call('PUT', '/users/a/password', { newpassword: 'next' })
  await call('POST', '/users/b/deactivate')
  await call('POST', '/users/a/contacts/users/b')
  await call('PUT', '/user/a/contacts/users/b', { remark: 'Bee' })
  await call('POST', '/users/a/blocks/users', { usernames: ['c'] })
  await call('PUT', '/metadata/user/a', { k: 'v' })
  const id = await group('o', ['a', 'b', 'c'], { groupname: 'g' })
  await call('POST', `/chatgroups/${id}/admin`, { newadmin: 'a' })
  await call('POST', `/chatgroups/${id}/mute`, { usernames: ['a'], mute_duration: -1 })
  await call('POST', `/chatgroups/${id}/blocks/users/c`)
  await call('POST', `/chatgroups/${id}/white/users/b`)
  await call('POST', `/chatgroups/${id}/announcement`, { announcement: 'news' })
  await call('POST', '/messages/chatgroups', { to: [id], type: 'txt', body: { msg: 'hi' } })
  return id
}

const PATHS = [
  '/users',
  '/user/a/contacts?needReturnRemark=true',
  '/users/a/blocks/users',
  '/metadata/user/a',
]
const GROUP_PATHS = ['', '/users', '/admin', '/mute', '/blocks/users', '/white/users', '/announcement']

describe('a snapshot', () => {
  test.each([
    ['as it grew', false],
    ['rewritten', true],
  ])('brings everything back, %s', async (_, compacted) => {
    const snapshot = join(folder(), 'state.log')
    const first = await start({ snapshot })
    const id = await fill(first)
    const paths = [...PATHS, ...GROUP_PATHS.map(path => `/chatgroups/${id}${path}`)]
    const read = async ({ call }: Pick<typeof first, 'call'>) => {
      const bodies = []
      for (const path of paths) {
        const { body } = await call('GET', path)
        bodies.push([get(body, 'entities'), get(body, 'data')])
      }
      return bodies
    }
    const before = await read(first)
    const messages = first.emulator.state.messages.list()
    if (compacted) await http(`${first.emulator.url}/_emulator/snapshot`, 'POST')
    await first.emulator.close()

    const second = await start({ snapshot })
    expect(await read(second)).toEqual(before)
    expect(second.emulator.state.messages.list()).toEqual(messages)
    expect(second.emulator.state.users.get('a')?.password).toBe('next')
  })

  test('keeps old tokens good, and revoked ones revoked', async () => {
    const snapshot = join(folder(), 'state.log')
    const first = await start({ snapshot })
    await first.emulator.close()
    const second = await start({ snapshot })
    const old = await connect(second.emulator, first.token)
    expect((await old.call('GET', '/users')).status).toBe(200)
    await http(`${second.emulator.url}/_emulator/tokens`, 'DELETE')
    await second.emulator.close()
    const third = await start({ snapshot })
    const revoked = await connect(third.emulator, second.token)
    expect((await revoked.call('GET', '/users')).status).toBe(401)
  })

  test('gives no id twice after a restart, though the clock stands still', async () => {
    const snapshot = join(folder(), 'state.log')
    const now = () => 1_700_000_000_000
    const ids = new Set<string>()
    for (let run = 0; run < 3; run++) {
      const { emulator, call, register, group } = await start({ snapshot, now })
      await register('o')
      ids.add(await group('o'))
      const { body } = await call('POST', '/messages/users', { to: ['a'], type: 'txt', body: { msg: 'x' } })
      ids.add(getText(body, 'data.a'))
      await emulator.close()
    }
    expect(ids.size).toBe(6)
  })

  test('is rewritten by itself when most of it is history', async () => {
    const snapshot = join(folder(), 'state.log')
    const { emulator, call } = await start({ snapshot })
    for (let time = 0; time < 30_000; time++) emulator.clock.advance(1)
    await call('POST', '/users', { username: 'u', password: 'p' })
    expect(statSync(snapshot).size).toBeLessThan(2000)
    await emulator.close()
    const again = await start({ snapshot })
    expect(again.emulator.state.users.list()).toMatchObject([{ username: 'u' }])
    expect(again.emulator.clock.now() - Date.now()).toBeGreaterThan(29_000)
  })

  test('is emptied by a reset', async () => {
    const snapshot = join(folder(), 'state.log')
    const first = await start({ snapshot })
    await first.register('u')
    await http(`${first.emulator.url}/_emulator/reset`, 'POST')
    await first.emulator.close()
    expect((await start({ snapshot })).emulator.state.users.count).toBe(0)
  })

  test('loses only the line a kill left half written', async () => {
    const snapshot = join(folder(), 'state.log')
    const first = await start({ snapshot })
    await first.register('u')
    await first.emulator.close()
    appendFileSync(snapshot, '{"op":"user.put","user":{"seq":9,"na')
    const second = await start({ snapshot })
    await second.register('v')
    await second.emulator.close()
    const third = await start({ snapshot })
    expect(third.emulator.state.users.list()).toMatchObject([{ username: 'u' }, { username: 'v' }])
  })

  test('is refused with a reason when damaged, foreign, of another app or in use', async () => {
    const snapshot = join(folder(), 'state.log')
    const { emulator, register } = await start({ snapshot })
    await register('u')
    await expect(createEmulator({ snapshot })).rejects.toThrow(/in use by process/)
    await emulator.close()
    await expect(createEmulator({ snapshot, appKey: 'other#app' })).rejects.toThrow(/belongs to app demo#app/)
    const lines = readFileSync(snapshot, 'utf8').split('\n')
    writeFileSync(snapshot, [lines[0], 'rubbish', ...lines.slice(1)].join('\n'))
    await expect(createEmulator({ snapshot })).rejects.toThrow(/damaged at line 2/)
    writeFileSync(snapshot, 'Dear diary\n')
    await expect(createEmulator({ snapshot })).rejects.toThrow(/damaged at line 1/)
    writeFileSync(snapshot, '{"name":"package"}\n')
    await expect(createEmulator({ snapshot })).rejects.toThrow(/not a snapshot/)
  })
})

describe('kill -9', () => {
  test('loses nothing that was answered 200, and the token stays good', async () => {
    const snapshot = join(folder(), 'state.log')
    let token: string | undefined
    const answered = new Set<string>()
    for (let round = 0; round < 3; round++) {
      const running = await startedProgram('--snapshot', snapshot)
      const client = await connect(addressOf(running.url), token)
      token = client.token
      const wanted = answered.size + 900
      const worker = async (name: string) => {
        for (let batch = 0; ; batch++) {
          const users = Array.from({ length: 60 }, (_, index) => `r${round}-${name}-${batch}-${index}`)
          const body = users.map(username => ({ username, password: 'p' }))
          const answer = await client.call('POST', '/users', body).catch(() => undefined)
          if (answer?.status !== 200) return
          for (const user of users) answered.add(user)
          if (answered.size >= wanted) running.child.kill('SIGKILL')
        }
      }
      await Promise.all(['a', 'b', 'c', 'd'].map(worker))
      expect((await running.ended).signal).toBe('SIGKILL')
    }
    const last = await createEmulator({ snapshot })
    onTestFinished(() => last.close())
    const { call } = await connect(last, token)
    const found = new Set<unknown>()
    let cursor: unknown = ''
    while (cursor !== undefined) {
      const { body } = await call('GET', `/users?limit=100&cursor=${cursor}`)
      for (const entity of getList(body, 'entities')) found.add(get(entity, 'username'))
      cursor = get(body, 'cursor')
    }
    expect([...answered].filter(name => !found.has(name))).toEqual([])
    expect(answered.size).toBeGreaterThanOrEqual(2700)
  })
})
