import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { createClient } from '@easemob-gateway/client'
import { createEmulator } from '@easemob-gateway/emulator'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type GatewayProcess, startProcess } from '../start/gateway-process.ts'
import { databaseKinds, testDatabase } from '../support/databases.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { secretInDatabase } from '../support/process-secrets.ts'
import { forge } from './support/forgeries.ts'

/** A process counts as dead after six of these. */
const leaseMs = 200
const admin = { sub: '1', scope: 'easemob:admin', exp: 2_000_000_000 }
const group = { groupname: 'g', desc: 'd' }

describe.each(databaseKinds)('a change by an administrator on %s', database => {
  test('whose process is killed before it could write how it ended is in the audit, once', async () => {
    const [emulator, { url: place, remove }] = await Promise.all([createEmulator(), testDatabase(database)])
    const secret = randomBytes(32).toString('hex')
    const env = {
      ...(database === 'postgres' ? { DATABASE_URL: place } : { DATA_DIR: dirname(place) }),
      EASEMOB_APP_KEY: emulator.appKey,
      EASEMOB_CLIENT_ID: emulator.clientId,
      EASEMOB_CLIENT_SECRET: emulator.clientSecret,
      EASEMOB_BASE_URL: emulator.url,
      JWT_SECRET: secret,
      IM_PASSWORD_KEY: randomBytes(32).toString('base64'),
      INTENT_LEASE_MS: String(leaseMs),
    }
    const running: GatewayProcess[] = []
    const start = async (more: Readonly<Record<string, string>>) => {
      const started = startProcess({ ...env, ...more })
      running.push(started)
      const { url } = await started.listening()
      return { ...started, client: createClient({ url, token: forge({ alg: 'HS256' }, admin, secret) }) }
    }
    try {
      // The change is whole, here and at the vendor, and its line is not written yet.
      const doomed = await start({ CRASH_AT: 'intent.completed' })
      await doomed.client.users.import.mutate({ users: [{ id: '1', name: 'one' }] })
      await expect(doomed.client.groups.create.mutate(group)).rejects.toThrow()
      expect(await doomed.ended).toBeNull()
      expect(emulator.state.groups.list()).toHaveLength(1)

      const next = await start({})
      const lines = async () => (await next.client.system.audit.query()).entries.toReversed()
      await expect.poll(async () => (await lines()).length, { timeout: 20_000 }).toBe(2)
      await next.client.groups.create.mutate(group)
      expect((await lines()).map(({ operation, outcome, actor }) => [operation, outcome, actor])).toEqual([
        ['users.import', 'ok', '1'],
        ['groups.create', 'unknown', '1'],
        ['groups.create', 'ok', '1'],
      ])
      next.child.kill('SIGTERM')
      expect(await next.ended).toBe(0)
      const opened = database === 'postgres' ? place : join(dirname(place), 'db')
      expect(await secretInDatabase(env, opened)).toBeNull()
    } finally {
      for (const { child } of running) child.kill('SIGKILL')
      await Promise.all(running.map(({ ended }) => ended))
      await Promise.all([emulator.close(), remove()])
    }
  })

  describe('in a process that lives', () => {
    let gateway: Gateway
    beforeAll(async () => {
      gateway = await startGateway({ database, env: { INTENT_LEASE_MS: String(leaseMs) } })
      await gateway.people(1)
    })
    afterAll(() => gateway.close())
    const rows = (statement: string) => gateway.services.database.prepared(statement, [])
    const run = (statement: string) => gateway.services.database.raw(statement)
    const newest = async () =>
      (await rows('select operation, outcome from audit order by id desc limit 1'))[0]
    const rename = (name: string) => gateway.admin().users.import.mutate({ users: [{ id: '1', name }] })

    test('is not done when it cannot be written down that it begins', async () => {
      await run('alter table audit_open rename to audit_gone')
      await expect(rename('unwritten')).rejects.toMatchObject({ data: { reason: 'INTERNAL' } })
      await run('alter table audit_gone rename to audit_open')
      expect(await rows('select name from users where id = 1')).toEqual([{ name: 'u1' }])
      await rename('written')
      expect(await rows('select name from users where id = 1')).toEqual([{ name: 'written' }])
    })

    test('is written with its outcome as soon as that can be done again', async () => {
      const before = await rows('select count(*)::int as n from audit')
      await run('alter table audit rename to audit_gone')
      await rename('done all the same')
      await run('alter table audit_gone rename to audit')
      expect(await rows('select name from users where id = 1')).toEqual([{ name: 'done all the same' }])
      await expect
        .poll(() => rows('select count(*)::int as n from audit_open'), { timeout: 10_000 })
        .toEqual([{ n: 0 }])
      expect(await newest()).toEqual({ operation: 'users.import', outcome: 'ok' })
      expect(await rows('select count(*)::int as n from audit')).toEqual([
        { n: Number(before[0]?.['n']) + 1 },
      ])
    })

    test('stays open for as long as it takes, and leaves nothing open when it has ended', async () => {
      gateway.emulator.faults.add({ operation: 'groups.create', delayMs: leaseMs * 12, times: 1 })
      const made = gateway.admin()
      await made.users.import.mutate({ users: [{ id: '900000', name: 'an administrator' }] })
      await made.groups.create.mutate(group)
      expect(await newest()).toEqual({ operation: 'groups.create', outcome: 'ok' })
      expect(await rows('select * from audit_open')).toEqual([])
    })

    test('that is refused before anything is done has its one line as well', async () => {
      await expect(gateway.admin().groups.delete.mutate({ im_group_id: '404' })).rejects.toThrow()
      expect(await newest()).toEqual({ operation: 'groups.delete', outcome: 'GROUP_NOT_FOUND' })
      expect(await rows('select * from audit_open')).toEqual([])
    })
  })
})
