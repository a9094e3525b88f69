import { inspect } from 'node:util'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EasemobEvent } from '../../src/index.ts'
import { scrub } from '../../src/vendor/scrub.ts'
import { rejection } from '../support/rejection.ts'
import { scriptedVendor, vendorError } from '../support/scripted-vendor.ts'

describe('secrets', () => {
  const quoting = 'YWMt-1 Bearer YWMt-1 client-secret hunter2 the passwords are s3cret, s4cret'

  it('stay out of errors and events, also when the vendor quotes them', async () => {
    const events: EasemobEvent[] = []
    const onEvent = (event: EasemobEvent) => events.push(event)
    await using vendor = await scriptedVendor(vendorError(400, 'illegal_argument', quoting), { onEvent })
    const { easemob } = vendor
    const errors = [
      await rejection(easemob.users.create({ username: 'u', password: 'hunter2' })),
      await rejection(easemob.users.setPassword('u', 'hunter2')),
      await rejection(easemob.users.verifyPassword('u', 'hunter2')),
    ]
    const { refused } = await easemob.users.createMany([{ username: 'u', password: 'hunter2' }])
    expect(refused).toHaveLength(1)
    const all =
      inspect([errors, events, refused, easemob.stats()], { depth: 9 }) +
      JSON.stringify([errors, events, refused])
    for (const secret of ['YWMt', 'client-secret', 'hunter2', 's3cret', 's4cret'])
      expect(all).not.toContain(secret)
  })

  it('stay out of errors about answers that cannot be read', async () => {
    await using vendor = await scriptedVendor({ text: '{"access_token":"YWMt-halfway' })
    const error = await rejection(vendor.easemob.users.verifyPassword('u', 'hunter2'))
    expect(error.code).toBe('malformed')
    expect(inspect(error, { depth: 9 })).not.toMatch(/YWMt|hunter2/)
  })

  it('of three characters and more never survive scrubbing', () => {
    const secret = fc.string({ minLength: 3, maxLength: 64 }).filter(text => !'[hidden]'.includes(text))
    fc.assert(
      fc.property(fc.string(), secret, fc.string(), (before, secret, after) => {
        const clean = scrub(`${before} ${secret} ${after}`, [secret])
        return !clean.split('[hidden]').some(part => part.includes(secret))
      }),
    )
  })
})
