import { describe, expect, it } from 'vitest'
import type { Easemob } from '../../src/index.ts'
import { ANY, GROUPS, MESSAGES, TOKENS, USERS } from '../support/error-rows.ts'
import { rejection } from '../support/rejection.ts'
import { scriptedVendor, vendorError } from '../support/scripted-vendor.ts'

const CALL = (easemob: Easemob) => easemob.groups.update('1', { name: 'x' })

describe.each([
  ['tokens', TOKENS],
  ['users', USERS],
  ['groups', GROUPS],
  ['messages', MESSAGES],
  ['any endpoint', ANY],
])('errors of %s', (_, rows) => {
  it.each(rows)('%d %s "%s" is %s', async (status, error, text, code, subject, name) => {
    await using vendor = await scriptedVendor(vendorError(status, error, text), { maxAttempts: 1 })
    const thrown = await rejection(CALL(vendor.easemob))
    expect(thrown).toMatchObject({ code, status, operation: 'groups.update' })
    expect({ subject: thrown.subject, name: thrown.subjectName }).toEqual({ subject, name })
    expect(thrown.vendorError ?? '').toBe(error)
  })
})

describe('answers that are not the vendor’s JSON', () => {
  const html = { text: '<html>hello</html>', headers: { 'content-type': 'text/html' } }
  it.each([
    [{ ...html, status: 404 }, 'malformed'],
    [{ ...html, status: 403 }, 'malformed'],
    [{ ...html, status: 302 }, 'malformed'],
    [{ ...html, status: 200 }, 'malformed'],
    [{ text: '', status: 200 }, 'malformed'],
    [{ text: '{"entities":[', status: 200 }, 'malformed'],
    [{ text: '[]', status: 200 }, 'malformed'],
    [{ ...html, status: 413 }, 'invalid'],
    [{ ...html, status: 401 }, 'unauthorized'],
    [{ ...html, status: 429 }, 'rate_limited'],
    [{ ...html, status: 503 }, 'unavailable'],
    [{ text: '', status: 500 }, 'unavailable'],
  ] as const)('%j is %s', async (answer, code) => {
    await using vendor = await scriptedVendor(answer, { maxAttempts: 1 })
    const error = await rejection(vendor.easemob.users.get('u'))
    expect(error).toMatchObject({ code, status: answer.status })
    expect(error.message).not.toContain('hello')
  })

  it('are not read beyond the size limit', async () => {
    const endless = { text: `{"data":"${'x'.repeat(5_000)}"}` }
    await using vendor = await scriptedVendor(endless, { maxBodyBytes: 1_000 })
    const error = await rejection(vendor.easemob.users.get('u'))
    expect(error.code).toBe('malformed')
    expect(error.message).toContain('maxBodyBytes')
  })
})
