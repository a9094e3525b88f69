import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'

describe.each(databaseKinds)('accounts on %s', database => {
  let gateway: Gateway
  beforeAll(async () => {
    gateway = await startGateway({ database })
  })
  afterAll(() => gateway.close())

  const password = async (id: number) => (await gateway.as(id).accounts.password.query()).im_pwd_hash
  const accepted = (id: number, pwd: string) => gateway.services.vendor.users.verifyPassword(String(id), pwd)
  const refusal = (promise: Promise<unknown>) =>
    promise.then(
      () => 'accepted',
      error => error.data?.reason,
    )

  test('the first look at a password registers the user, and the vendor accepts it', async () => {
    await gateway.people(1)
    const first = await password(1)
    expect(await accepted(1, first)).toBe(true)
    expect(await password(1)).toBe(first)
  })

  test('fifty first looks at once register one user with one password', async () => {
    await gateway.people(2)
    const all = await Promise.all(Array.from({ length: 50 }, () => password(2)))
    expect(new Set(all).size).toBe(1)
    expect(await accepted(2, all[0] ?? '')).toBe(true)
  })

  test('an account that the vendor has already is given our password', async () => {
    await gateway.people(3)
    await gateway.services.vendor.users.create({ username: '3', password: 'someone-elses' })
    await gateway.as(3).accounts.register.mutate({ user_id: '3' })
    expect(await accepted(3, await password(3))).toBe(true)
    expect(await accepted(3, 'someone-elses')).toBe(false)
  })

  test('a reset changes the password here and at the vendor; many at once end with one that works', async () => {
    await gateway.people(4)
    const before = await password(4)
    await gateway.as(4).accounts.resetPassword.mutate()
    const after = await password(4)
    expect(after).not.toBe(before)
    expect([await accepted(4, before), await accepted(4, after)]).toEqual([false, true])
    await Promise.all(Array.from({ length: 5 }, () => gateway.as(4).accounts.resetPassword.mutate()))
    expect(await accepted(4, await password(4))).toBe(true)
  })

  test('a reset before the first registration registers', async () => {
    await gateway.people(5)
    await gateway.as(5).accounts.resetPassword.mutate()
    expect(await accepted(5, await password(5))).toBe(true)
  })

  test('a refused reset leaves the old password in force on both sides', async () => {
    await gateway.people(6)
    const before = await password(6)
    gateway.emulator.faults.add({
      operation: 'users.password',
      status: 403,
      error: 'forbidden_op',
      times: 1,
    })
    expect(await refusal(gateway.as(6).accounts.resetPassword.mutate())).toBe('VENDOR_REFUSED')
    expect(await password(6)).toBe(before)
    expect(await accepted(6, before)).toBe(true)
  })

  test('users register themselves and nobody else; administrators register anyone', async () => {
    await gateway.people(7, 8)
    await gateway.as(7).accounts.register.mutate({ user_id: '7' })
    expect(await refusal(gateway.as(7).accounts.register.mutate({ user_id: '8' }))).toBe('FORBIDDEN')
    await gateway.admin().accounts.register.mutate({ user_id: '8' })
    const calls = () => gateway.emulator.requests.counts()['users.create']
    const before = calls()
    await gateway.admin().accounts.register.mutate({ user_id: '8' })
    expect(calls()).toBe(before)
    expect(await refusal(gateway.admin().accounts.register.mutate({ user_id: '404' }))).toBe('USER_NOT_FOUND')
  })

  test('many are registered at once; those here already and those unknown are told apart', async () => {
    await gateway.people(31, 32, 33)
    await gateway.admin().accounts.register.mutate({ user_id: '33' })
    expect(
      await gateway.admin().accounts.registerMany.mutate({ user_ids: ['31', '32', '31', '33', '404'] }),
    ).toEqual({
      registered: 2,
      already: 1,
      failed: [{ user_id: '404', reason: 'USER_NOT_FOUND' }],
    })
  })

  test('a deleted user is signed out, and their IM account is switched off until they are back', async () => {
    await gateway.people(41)
    const pwd = await password(41)
    await gateway
      .admin()
      .users.import.mutate({ users: [{ id: '41', name: 'u41', deleted_at: '2026-01-01 00:00:00' }] })
    expect(await refusal(gateway.as(41).accounts.password.query())).toBe('UNAUTHENTICATED')
    const activated = () => gateway.emulator.state.users.get('41')?.activated
    await expect.poll(activated, { timeout: 10_000 }).toBe(false)
    await gateway.admin().users.import.mutate({ users: [{ id: '41', name: 'u41', deleted_at: null }] })
    await expect.poll(activated, { timeout: 10_000 }).toBe(true)
    expect(await password(41)).toBe(pwd)
  })

  test('a token of someone nobody has imported finds no user; an administrator needs no profile', async () => {
    expect(await refusal(gateway.as(999).accounts.password.query())).toBe('USER_NOT_FOUND')
    expect(await refusal(gateway.admin().accounts.password.query())).toBe('USER_NOT_FOUND')
    expect((await gateway.admin().users.list.query({ limit: 1 })).users).toHaveLength(1)
  })

  test('passwords are encrypted at rest, and moved to a new key while they stay in use', async () => {
    await gateway.people(51)
    const pwd = await password(51)
    const { rows } = await gateway.services.database.raw(
      'select password from accounts where user_id = $1',
      [51],
    )
    expect(JSON.stringify(rows)).not.toContain(pwd)
    expect(await gateway.admin().keys.rotate.mutate()).toMatchObject({ rotated: 0, remaining: 0 })
  })
})
