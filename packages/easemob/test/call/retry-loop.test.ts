import { describe, expect, it } from 'vitest'
import { createEasemob, OutcomeUnknown } from '../../src/index.ts'
import { rejection } from '../support/rejection.ts'
import {
  type Answer,
  quickTime,
  scriptedVendor,
  userAnswer,
  vendorError,
} from '../support/scripted-vendor.ts'

const group = { name: 'g', description: 'd', public: true, owner: 'u' }
const reset: Answer = response => response.socket?.resetAndDestroy()
const half: Answer = response => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
  response.write('{"entities":[', () => response.socket?.destroy())
}
const silence: Answer = () => {}
const reachLimit = vendorError(429, 'reach_limit', 'This request has reached api limit')

describe('idempotent calls', () => {
  const passing: [string, Answer][] = [
    ...[408, 500, 501, 502, 503, 504].map((status): [string, Answer] => [
      `${status}`,
      vendorError(status, 'x', 'y'),
    ]),
    [
      'a gateway page with 502',
      { status: 502, text: '<html>Bad Gateway</html>', headers: { 'content-type': 'text/html' } },
    ],
    ['429 reach_limit', reachLimit],
    ['a reset connection', reset],
    ['half an answer', half],
    ['no answer in time', silence],
  ]
  it.each(passing)('are repeated after %s', async (_, answer) => {
    await using vendor = await scriptedVendor([answer, answer, userAnswer('u')], { attemptTimeoutMs: 100 })
    expect((await vendor.easemob.users.get('u')).username).toBe('u')
    expect(vendor.received).toHaveLength(3)
  })

  it('are never repeated when the plan is used up', async () => {
    await using vendor = await scriptedVendor(
      vendorError(429, 'resource_limited', 'You have exceeded the limit'),
    )
    const error = await rejection(vendor.easemob.users.create({ username: 'u', password: 'p' }))
    expect(error).toMatchObject({ code: 'plan_limit', status: 429, attempts: 1 })
    expect(vendor.received).toHaveLength(1)
  })

  it('are given up after maxAttempts, with the last error', async () => {
    await using vendor = await scriptedVendor(vendorError(503, 'x', 'y'), { maxAttempts: 4 })
    const error = await rejection(vendor.easemob.users.get('u'))
    expect(error).toMatchObject({ code: 'unavailable', status: 503, attempts: 4 })
  })

  it('wait at least as long as Retry-After says, in seconds or as a date', async () => {
    const time = quickTime(Date.parse('2026-01-01T00:00:00Z'))
    const seconds = vendorError(503, 'x', 'y', { 'retry-after': '3' })
    const date = vendorError(503, 'x', 'y', { 'retry-after': 'Thu, 01 Jan 2026 00:00:08 GMT' })
    await using vendor = await scriptedVendor([seconds, date, userAnswer('u')], { ...time, random: () => 0 })
    await vendor.easemob.users.get('u')
    expect(time.slept).toEqual([3_000, 5_000])
  })

  it('do not wait for a Retry-After beyond the deadline: the error comes at once and tells it', async () => {
    const time = quickTime()
    await using vendor = await scriptedVendor(
      vendorError(429, 'reach_limit', 'y', { 'retry-after': '60' }),
      time,
    )
    const error = await rejection(vendor.easemob.users.get('u', { deadlineMs: 5_000 }))
    expect(error).toMatchObject({ code: 'rate_limited', retryAfterMs: 60_000, attempts: 1 })
    expect(time.slept).toEqual([])
  })

  it('end at their deadline while an attempt is under way', async () => {
    await using vendor = await scriptedVendor(silence)
    expect((await rejection(vendor.easemob.users.get('u', { deadlineMs: 80 }))).code).toBe('deadline')
  })

  it('end when aborted, before and while under way', async () => {
    await using vendor = await scriptedVendor(silence)
    expect((await rejection(vendor.easemob.users.get('u', { signal: AbortSignal.abort() }))).code).toBe(
      'aborted',
    )
    expect(vendor.received).toHaveLength(0)
    const controller = new AbortController()
    await using slow = await scriptedVendor(() => controller.abort())
    expect((await rejection(slow.easemob.users.get('u', { signal: controller.signal }))).code).toBe('aborted')
  })

  it('count a 404 after a lost answer as deleted, and only then', async () => {
    const gone = vendorError(404, 'resource_not_found', 'grpID 1 does not exist!')
    await using vendor = await scriptedVendor([reset, gone])
    await vendor.easemob.groups.delete('1')
    await using second = await scriptedVendor(gone)
    expect(await rejection(second.easemob.groups.delete('1'))).toMatchObject({
      code: 'not_found',
      subject: 'group',
    })
    await using limited = await scriptedVendor([reachLimit, gone])
    expect((await rejection(limited.easemob.groups.delete('1'))).code).toBe('not_found')
  })

  it('count "is the owner already" after a lost answer as transferred', async () => {
    const same = vendorError(403, 'forbidden_op', 'new owner and old owner are the same')
    await using vendor = await scriptedVendor([reset, same])
    await vendor.easemob.groups.transfer('1', 'u')
  })
})

describe('calls that must not be repeated', () => {
  const unclear: [string, Answer][] = [
    ['a reset connection', reset],
    ['half an answer', half],
    ['no answer in time', silence],
    ['a 503', vendorError(503, 'x', 'y')],
    ['a 408', vendorError(408, 'x', 'y')],
    ['a page with 200', { text: '<html>', headers: { 'content-type': 'text/html' } }],
    ['an empty 200', { text: '' }],
    ['a 200 without an id', { json: { data: {} } }],
  ]
  it.each(unclear)('end as OutcomeUnknown after %s, sent once', async (_, answer) => {
    await using vendor = await scriptedVendor(answer, { attemptTimeoutMs: 100 })
    const error = await rejection(vendor.easemob.groups.create({ ...group, groupId: '123' }))
    expect(error).toBeInstanceOf(OutcomeUnknown)
    expect(error.code).toBe('outcome_unknown')
    expect(vendor.received).toHaveLength(1)
  })

  it('end as OutcomeUnknown when aborted under way', async () => {
    const controller = new AbortController()
    await using vendor = await scriptedVendor(() => controller.abort())
    const error = await rejection(vendor.easemob.groups.create(group, { signal: controller.signal }))
    expect(error).toBeInstanceOf(OutcomeUnknown)
    expect(error.cause).toMatchObject({ code: 'aborted' })
  })

  it('end with the refusal itself when refused, sent once', async () => {
    await using vendor = await scriptedVendor(reachLimit)
    const error = await rejection(vendor.easemob.groups.create(group))
    expect(error).not.toBeInstanceOf(OutcomeUnknown)
    expect(error).toMatchObject({ code: 'rate_limited', attempts: 1 })
  })

  it('are repeated while the server cannot be reached, and end as not_sent', async () => {
    const vendor = await scriptedVendor({})
    const { baseUrl } = vendor
    await vendor[Symbol.asyncDispose]()
    const options = {
      appKey: 'o#a',
      clientId: 'i',
      clientSecret: 's',
      baseUrl,
      maxAttempts: 3,
      ...quickTime(),
    }
    const easemob = createEasemob(options)
    const error = await rejection(easemob.groups.create(group))
    expect(error).toMatchObject({ code: 'not_sent', attempts: 3 })
    await easemob.close()
  })

  it('tell which groups a message reached before the failing chunk', async () => {
    const sent = { json: { data: { '1': '10', '2': '20', '3': '30' } } }
    await using vendor = await scriptedVendor([sent, reset])
    const error = await rejection(
      vendor.easemob.messages.sendText({ groups: ['1', '2', '3', '4'], text: 't' }),
    )
    expect(error).toBeInstanceOf(OutcomeUnknown)
    expect(error.partial).toEqual({ '1': '10', '2': '20', '3': '30' })
  })
})
