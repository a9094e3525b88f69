import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateways, gateways } from './gateways.ts'

const recoveredWithinMs = 30_000
const users = ['1', '2'].map(id => ({ id, name: `u${id}` }))

describe('after kill -9, with the default settings', () => {
  let world: Gateways
  beforeAll(async () => {
    world = await gateways()
  })
  afterAll(() => world.close())

  test('a creation is completed within 30 s of the restart, and its key answers it before and after', async () => {
    const dying = world.start({ CRASH_AT: 'intent.performed' })
    const before = await dying.listening()
    await world.client(before.url, 'admin').users.import.mutate({ users })
    const create = (url: string, desc = 'd') =>
      world
        .client(url, '1')
        .groups.create.mutate({ groupname: '花儿巷', desc, members: ['2'], idempotency_key: 'once' })
    await expect(create(before.url)).rejects.toThrow()
    expect(await dying.ended).toBeNull()
    expect(world.emulator.state.groups.count).toBe(1)

    const began = performance.now()
    const restarted = world.start()
    const after = await restarted.listening()
    // It waits for recovery, which goes on with what the first request has begun.
    const { im_group_id } = await create(after.url)
    expect(performance.now() - began).toBeLessThan(recoveredWithinMs)
    expect(world.emulator.state.groups.list().map(({ id }) => id)).toEqual([im_group_id])
    await expect(create(after.url, 'other')).rejects.toMatchObject({ data: { reason: 'CONFLICT' } })
    const [face] = await world.client(after.url, '1').groups.faces.query({ im_group_id: [im_group_id] })
    expect(face).toEqual({ im_group_id, group_face: 0 })
    await world.client(after.url, '1').groups.delete.mutate({ im_group_id })
    expect(await create(after.url)).toEqual({ im_group_id })
    expect(world.emulator.state.groups.count).toBe(0)
    restarted.child.kill('SIGKILL')
    await restarted.ended
  }, 90_000)

  test('a password in doubt is settled before it is handed out', async () => {
    const dying = world.start({ CRASH_AT: 'intent.performed' })
    const before = await dying.listening()
    const first = await world.client(before.url, '1').accounts.password.query()
    await expect(world.client(before.url, '1').accounts.resetPassword.mutate()).rejects.toThrow()
    await dying.ended
    const theirs = () => world.emulator.state.users.get('1')?.password
    expect(theirs()).not.toBe(first.im_pwd_hash)

    // The first thing that anyone asks for, of a process that does no recovery of its own.
    const after = await world.start({ ROLE: 'api' }).listening()
    const { im_pwd_hash } = await world.client(after.url, '1').accounts.password.query()
    expect(im_pwd_hash).toBe(theirs())
  }, 90_000)
})
