import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseKinds } from '../support/databases.ts'
import { dumpDatabase } from '../support/dump.ts'
import { type Gateway, startGateway } from '../support/harness.ts'
import { callFace, facesOf, operations } from './support/call-faces.ts'
import { forge } from './support/forgeries.ts'
import { rows } from './support/matrix-rows.ts'

/** A stored password: safe in the database, and of no use in a log. */
const encrypted = /\b[0-9a-f]{8}\.[\w-]{40,}/

describe.each(databaseKinds)('what was secret stays secret on %s', database => {
  const imPasswordKey = randomBytes(32)
  const secrets = new Map<string, string>()
  let log = ''
  let gateway: Gateway
  let group: string
  const keep = (what: string, secret: string) => void secrets.set(secret, what)

  /** The passwords that the vendor has at this moment. */
  function keepPasswords() {
    for (const id of ['1', '2', '3', '5'])
      keep(`IM password of ${id}`, gateway.emulator.state.users.get(id)?.password || 'none')
    secrets.delete('none')
  }

  /** Every operation by every face, by everyone who might. */
  async function runEverything() {
    for (const row of rows) {
      const operation = operations.get(row.operation)
      for (const face of operation ? facesOf(operation) : [])
        for (const who of ['1', '2', 'admin', 'forger']) {
          const token = await tokenOf(who)
          await callFace(gateway.url, row.operation, face, row.input({ group, run: '1' }), token).catch(
            () => undefined,
          )
        }
      keepPasswords()
    }
  }

  async function tokenOf(who: string): Promise<string> {
    const claims = { sub: who === 'admin' ? '900000' : '1', jti: randomBytes(8).toString('hex') }
    const exp = Math.floor(Date.now() / 1000) + 3600
    const token =
      who === 'forger'
        ? forge({ alg: 'HS256' }, { ...claims, exp }, 'a secret of someone else, long enough')
        : await gateway.token({
            ...claims,
            sub: who === 'admin' ? claims.sub : who,
            ...(who === 'admin' ? { scope: 'easemob:admin' } : {}),
          })
    keep(`token of ${who}`, token)
    keep(`signature of ${who}`, token.split('.')[2] ?? token)
    return token
  }

  beforeAll(async () => {
    gateway = await startGateway({
      database,
      env: { IM_PASSWORD_KEY: imPasswordKey.toString('base64') },
      log: {
        write(line) {
          log += line
        },
      },
    })
    keep('JWT secret', gateway.jwtSecret)
    keep('vendor secret', gateway.emulator.clientSecret)
    keep('IM password key', imPasswordKey.toString('base64'))
    keep('IM password key in hex', imPasswordKey.toString('hex'))
    await gateway.people(1, 2, 3, 5)
    group = (await gateway.as(1).groups.create.mutate({ groupname: 'g', desc: 'd', members: ['2'] }))
      .im_group_id
    keepPasswords()
  })
  afterAll(() => gateway.close())

  function expectNothingIn(text: string) {
    expect([...secrets].filter(([secret]) => text.includes(secret)).map(([, what]) => what)).toEqual([])
    // Tokens of the vendor and of the app, and passwords, by their looks.
    expect(/YWMt[\w-]+|eyJ[\w-]+\.eyJ/.exec(text)).toBeNull()
  }

  test('after every operation, and every sort of failure', async () => {
    await runEverything()
    const { faults } = gateway.emulator
    group = (await gateway.as(1).groups.create.mutate({ groupname: 'g', desc: 'd', members: ['2'] }))
      .im_group_id
    const password = gateway.emulator.state.users.get('1')?.password ?? ''
    for (const rule of [
      { operation: '*', status: 401 },
      { operation: '*', status: 400, error: 'illegal_argument' },
      {
        operation: '*',
        status: 403,
        error: 'forbidden_op',
        description: `bad password ${password} of YWMtAbCdEf_token`,
      },
      { operation: 'users.password', drop: true as const, afterCommit: true, times: 1 },
    ]) {
      faults.add(rule)
      for (const who of ['1', '2', 'admin']) {
        const token = await tokenOf(who)
        for (const [path, input] of [
          ['accounts.resetPassword', {}],
          ['accounts.register', { user_id: '3' }],
          ['groups.update', { im_group_id: group, groupname: 'x', desc: 'y' }],
        ] as const)
          await callFace(gateway.url, path, 'trpc', input, token)
      }
      faults.clear()
      keepPasswords()
    }
    for (const path of ['/easemob/password', '/trpc/accounts.password', '/nowhere', '/docs', '/trpc/nowhere'])
      for (const who of ['1', 'forger'])
        await fetch(`${gateway.url}${path}?token=${await tokenOf(who)}`).then(answer => answer.text())
    // In places where no secret belongs.
    const misplaced = await tokenOf('admin')
    for (const [path, input] of [
      ['accounts.register', { user_id: misplaced }],
      ['groups.delete', { im_group_id: misplaced }],
      ['accounts.registerMany', { user_ids: ['1', misplaced] }],
      ['users.import', { users: [{ id: misplaced, name: 'x' }] }],
    ] as const)
      await callFace(gateway.url, path, 'trpc', input, misplaced)
    expect(secrets.size).toBeGreaterThan(200)
    expect(log).toContain('"failed"')
    expectNothingIn(log)
    expect(encrypted.exec(log)).toBeNull()
    expectNothingIn(await dumpDatabase(gateway.services))
  })

  test('after statements have failed with passwords among their values', async () => {
    await gateway.services.database.raw('alter table accounts rename to accounts_gone')
    const token = await tokenOf('2')
    const before = log.length
    for (const [path, input] of [
      ['accounts.password', {}],
      ['accounts.resetPassword', {}],
      ['groups.create', { groupname: 'x', desc: 'y', members: ['3'] }],
    ] as const)
      expect(await callFace(gateway.url, path, 'trpc', input, token)).toBe('500 INTERNAL')
    await gateway.services.database.raw('alter table accounts_gone rename to accounts')
    await gateway.services.database.raw('alter table accounts rename column failure to failure_gone')
    await gateway.people(6)
    expect(
      await callFace(gateway.url, 'accounts.register', 'trpc', { user_id: '6' }, await tokenOf('admin')),
    ).toBe('500 INTERNAL')
    await gateway.services.database.raw('alter table accounts rename column failure_gone to failure')
    keepPasswords()
    expect(log.slice(before)).toContain('"failed"')
    expectNothingIn(log)
    expect(encrypted.exec(log)).toBeNull()
    expectNothingIn(await dumpDatabase(gateway.services))
  })
})
