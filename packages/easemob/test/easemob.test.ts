import { describe, expect, it } from 'vitest'
import { clientAndEmulator } from '../demos/scenarios/faulty-vendor.ts'
import { createEasemob, type EasemobEvent } from '../src/index.ts'
import { rejection } from './support/rejection.ts'
import { scriptedVendor, userAnswer } from './support/scripted-vendor.ts'

describe('the client', () => {
  it('tells of every attempt, retry and call', async () => {
    const events: EasemobEvent[] = []
    await using setup = await clientAndEmulator({ onEvent: event => void events.push(event) })
    setup.emulator.faults.add({ operation: 'users.list', status: 503, times: 1 })
    await setup.easemob.users.list()
    const told = events.filter(event => 'operation' in event && event.operation === 'users.list')
    expect(told.map(({ type }) => type).filter(type => type !== 'throttle')).toEqual([
      ...['request', 'response', 'retry', 'request', 'response', 'completed'],
    ])
    expect(told.at(-1)).toMatchObject({ type: 'completed', attempts: 2, code: undefined })
    expect(events.some(event => event.type === 'token' && event.action === 'fetched')).toBe(true)
  })

  it('is not disturbed by a listener that throws', async () => {
    const onEvent = () => {
      throw new Error('listener')
    }
    await using vendor = await scriptedVendor(userAnswer('u'), { onEvent })
    expect((await vendor.easemob.users.get('u')).username).toBe('u')
  })

  it('once closed refuses calls, and lets those on the wire finish', async () => {
    const closing: { done?: Promise<void> } = {}
    await using vendor = await scriptedVendor(response => {
      closing.done = vendor.easemob.close()
      response.end(JSON.stringify(userAnswer('u').json))
    })
    expect((await vendor.easemob.users.get('u')).username).toBe('u')
    await closing.done
    expect((await rejection(vendor.easemob.users.get('u'))).code).toBe('not_sent')
  })

  it.each([
    [{ appKey: 'nonsense' }, 'appKey'],
    [{ appKey: 'a#b#c' }, 'appKey'],
    [{ baseUrl: 'ftp://x' }, 'baseUrl'],
    [{ clientSecret: '' }, 'clientSecret'],
    [{ callsPerSecond: 0 }, 'callsPerSecond'],
    [{ maxAttempts: 1.5 }, 'maxAttempts'],
  ])('refuses options that cannot work: %j', (wrong, named) => {
    const options = { appKey: 'o#a', clientId: 'i', clientSecret: 's', ...wrong }
    expect(() => createEasemob(options)).toThrow(named)
  })
})
