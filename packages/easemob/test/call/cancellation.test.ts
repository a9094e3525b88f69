import { describe, expect, it } from 'vitest'
import { clientAndEmulator } from '../../demos/scenarios/faulty-vendor.ts'
import { rejection } from '../support/rejection.ts'
import { scriptedVendor, vendorError } from '../support/scripted-vendor.ts'

describe('many callers', () => {
  it('may share one signal: all end when it is aborted, and nothing warns of leaks', async () => {
    const warnings: Error[] = []
    const note = (warning: Error): void => void warnings.push(warning)
    process.on('warning', note)
    const controller = new AbortController()
    const { signal } = controller
    let seen = 0
    const all = Promise.withResolvers<void>()
    await using vendor = await scriptedVendor(() => {
      if (++seen === 60) all.resolve()
    })
    const calls = Array.from({ length: 60 }, () => rejection(vendor.easemob.users.get('u', { signal })))
    await all.promise
    controller.abort()
    expect(new Set((await Promise.all(calls)).map(({ code }) => code))).toEqual(new Set(['aborted']))
    await new Promise(setImmediate)
    process.off('warning', note)
    expect(warnings).toEqual([])
  })

  it('aborted before they start ask for no token', async () => {
    await using vendor = await scriptedVendor({})
    const signal = AbortSignal.abort()
    expect((await rejection(vendor.easemob.users.get('u', { signal }))).code).toBe('aborted')
    expect((await rejection(vendor.easemob.token.get({ signal }))).code).toBe('aborted')
    expect(vendor.tokens).toBe(0)
  })

  it('who wait for a retry end when the client is closed', async () => {
    const sleep = (_: number, signal?: AbortSignal): Promise<void> =>
      new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
    const retrying = Promise.withResolvers<void>()
    await using watched = await scriptedVendor(vendorError(503, 'x', 'y'), {
      sleep,
      onEvent: event => event.type === 'retry' && retrying.resolve(),
    })
    const waiting = rejection(watched.easemob.users.get('u'))
    await retrying.promise
    await watched.easemob.close()
    expect(await waiting).toMatchObject({ code: 'unavailable', status: 503 })
  })

  it('who wait for the pace end when the client is closed', async () => {
    await using setup = await clientAndEmulator({ callsPerSecond: 1 })
    const { easemob } = setup
    await easemob.token.get()
    const calls = Array.from({ length: 5 }, () => rejection(easemob.users.get('u')))
    await new Promise(setImmediate)
    expect(easemob.stats().paces.users?.interactive).toBeGreaterThan(0)
    await easemob.close()
    expect(
      (await Promise.all(calls)).filter(({ code }) => code === 'not_sent').length,
    ).toBeGreaterThanOrEqual(4)
  })

  it('who wait for the pace past their deadline end with it', async () => {
    await using setup = await clientAndEmulator({ callsPerSecond: 1 })
    const { easemob } = setup
    const calls = Array.from({ length: 4 }, () => rejection(easemob.users.get('u', { deadlineMs: 300 })))
    expect((await Promise.all(calls)).map(({ code }) => code)).toContain('deadline')
  })
})
