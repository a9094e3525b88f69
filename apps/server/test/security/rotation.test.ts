import { randomBytes } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKeyring, keyId, newPassword } from '../../src/accounts/keyring.ts'
import { databaseKinds } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)]
const people = Array.from({ length: 40 }, (_, n) => n + 1)
const crowd = 1200

describe.each(databaseKinds)('the key of stored passwords changes on %s', database => {
  let gateway: Gateway
  const [oldRing, newRing] = [createKeyring([oldKey]), createKeyring([newKey])]
  const stored = async () => {
    const rows = await gateway.services.database.prepared(
      'select user_id::text as id, password from accounts',
      [],
    )
    return new Map(rows.map(({ id, password }) => [String(id), String(password)]))
  }
  const password = async (id: number) => (await gateway.as(id).accounts.password.query()).im_pwd_hash
  const atVendor = (id: number | string) => gateway.emulator.state.users.get(String(id))?.password

  beforeAll(async () => {
    gateway = await startGateway({
      database,
      env: { IM_PASSWORD_KEY: [newKey, oldKey].map(key => key.toString('base64')).join(',') },
    })
    await gateway.people(...people, ...Array.from({ length: crowd }, (_, n) => 1000 + n))
    await gateway.admin().accounts.registerMany.mutate({ user_ids: people.map(String) })
    // As it was before the new key came: everything under the old one, and many more who have an account.
    const { database: db, keyring } = gateway.services
    for (const [id, value] of await stored())
      await db.prepared('update accounts set password = $1 where user_id = $2::bigint', [
        oldRing.encrypt(keyring.decrypt(value, id), id),
        id,
      ])
    const rows = Array.from({ length: crowd }, (_, n) => String(1000 + n)).map(id => ({
      user_id: id,
      state: 'registered',
      password: oldRing.encrypt(newPassword(), id),
    }))
    await db.prepared(
      `insert into accounts (user_id, state, password) select user_id::bigint, state, password
       from jsonb_to_recordset($1::text::jsonb) as r (user_id text, state text, password text)`,
      [JSON.stringify(rows)],
    )
  })
  afterAll(() => gateway.close())

  test('while reads and resets go on, no password is lost, and afterwards the old key opens nothing', async () => {
    const readers = people.slice(0, 20)
    const known = new Map(await Promise.all(readers.map(async id => [id, await password(id)] as const)))
    const rotation = gateway.admin().keys.rotate.mutate()
    const [rotated, reads] = await Promise.all([
      rotation,
      Promise.all(readers.map(async id => [id, await password(id)] as const)),
      Promise.all(people.slice(20).map(id => gateway.as(id).accounts.resetPassword.mutate())),
    ])
    expect(new Map(reads)).toEqual(known)
    const again = await gateway.admin().keys.rotate.mutate()
    expect(again).toMatchObject({ key: keyId(newKey), remaining: 0 })
    expect(rotated.rotated + again.rotated).toBeGreaterThanOrEqual(crowd + readers.length)
    for (const id of people) expect(await password(id)).toBe(atVendor(id))
    const rows = await stored()
    expect(rows.size).toBe(people.length + crowd)
    for (const [id, value] of rows) {
      expect(newRing.decrypt(value, id)).toMatch(/^[0-9a-f]{32}$/)
      expect(() => oldRing.decrypt(value, id)).toThrow(/IM_PASSWORD_KEY/)
    }
    for (const id of people)
      expect(newRing.decrypt(rows.get(String(id)) ?? '', String(id))).toBe(atVendor(id))
  })

  test.runIf(database === 'postgres')(
    'a password set after the rotation has read the old one is not overwritten',
    async () => {
      const { database: db } = gateway.services
      const { orm } = db
      const old = oldRing.encrypt(newPassword(), '10')
      await db.prepared('update accounts set password = $1 where user_id = 10', [old])
      const chosen = newRing.encrypt(newPassword(), '10')
      const blocked =
        "select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
      const rotation = await orm.transaction(async tx => {
        await tx.execute(sql`update accounts set password = ${chosen} where user_id = 10`)
        const started = gateway.admin().keys.rotate.mutate()
        // It has read the old value, and waits to write.
        await expect.poll(async () => (await db.prepared(blocked, []))[0]?.['n']).toBe(1)
        return { started }
      })
      expect(await rotation.started).toMatchObject({ remaining: 0 })
      expect((await stored()).get('10')).toBe(chosen)
    },
  )

  test('a password on its way to the vendor under the old key counts as remaining', async () => {
    const payload = JSON.stringify({ userId: '7', password: oldRing.encrypt(newPassword(), '7') })
    const { database: db } = gateway.services
    await db.prepared(
      `insert into intents (subject, id, kind, payload, holder, lease_until) values
       ('account:7', gen_random_uuid(), 'account.password', $1::text::jsonb, gen_random_uuid(), now() + interval '1 hour')`,
      [payload],
    )
    expect((await gateway.admin().keys.rotate.mutate()).remaining).toBe(1)
    await db.prepared("delete from intents where subject = 'account:7'", [])
    expect((await gateway.admin().keys.rotate.mutate()).remaining).toBe(0)
  })

  test('a value that is written under a key we do not have stops nothing else', async () => {
    const { database: db } = gateway.services
    const foreign = createKeyring([randomBytes(32)]).encrypt(newPassword(), '8')
    await db.prepared('update accounts set password = $1 where user_id = 8', [foreign])
    await expect(gateway.as(8).accounts.password.query()).rejects.toMatchObject({
      data: { reason: 'INTERNAL' },
    })
    expect(await password(9)).toBe(atVendor(9))
  })
})
