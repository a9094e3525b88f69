import { contract, walk } from '@easemob-gateway/contracts'
import { expect, test } from 'vitest'
import { docsFace } from '../../src/faces/docs.ts'

const app = docsFace()

test('the page lists every route, with a line to try it', async () => {
  const page = await (await app.request('/docs')).text()
  for (const [name, { route }] of walk(contract)) {
    if (!route) continue
    expect(page).toContain(`id="${name}"`)
    expect(page).toContain(`curl -X ${route.method}`)
  }
})

test('the page needs no script and nothing from another server, and its policy forbids both', async () => {
  const response = await app.request('/docs')
  const page = await response.text()
  expect(page).not.toMatch(/<script|\bsrc=|@import|url\(/i)
  expect(page).not.toMatch(/href="(?!#|\/openapi\.json)/)
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).not.toContain('unsafe')
})

test('the document is served as JSON, the same text each time', async () => {
  const [first, second] = await Promise.all(['/openapi.json', '/openapi.json'].map(path => app.request(path)))
  expect(first?.headers.get('content-type')).toBe('application/json')
  const text = await first?.text()
  expect(JSON.parse(text ?? '')).toMatchObject({ openapi: '3.1.0' })
  expect(await second?.text()).toBe(text)
})
