import { contract, walk } from '@easemob-gateway/contracts'
import { expect, test } from 'vitest'
import { docsPages } from '../../src/http/docs/docs.ts'
import { docsScript } from '../../src/http/docs/script.ts'
import { pageHeaders } from '../../src/http/incoming.ts'

const app = docsPages(pageHeaders(false))

test('the page lists every route, with a line to try it', async () => {
  const page = await (await app.request('/docs')).text()
  for (const [name, { route }] of walk(contract)) {
    if (!route) continue
    expect(page).toContain(`id="${name}"`)
    expect(page).toContain(`curl -X ${route.method}`)
  }
})

test('the page takes nothing from another server, runs nothing inline, and its policy forbids both', async () => {
  const response = await app.request('/docs')
  const page = await response.text()
  const places = Array.from(page.matchAll(/\b(?:src|href)="([^"]*)"/g), ([, place]) => place)
  expect(places.length).toBeGreaterThan(1)
  for (const place of places) {
    expect(place).toMatch(/^\/\w/)
    expect((await app.request(String(place))).status).toBe(200)
  }
  expect(page).not.toMatch(/<script(?! src)|\son\w+=|@import|url\(/i)
  const policy = response.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
})

test('the document is served as JSON, the same text each time', async () => {
  const [first, second] = await Promise.all(['/openapi.json', '/openapi.json'].map(path => app.request(path)))
  expect(first?.headers.get('content-type')).toBe('application/json')
  const text = await first?.text()
  expect(JSON.parse(text ?? '')).toMatchObject({ openapi: '3.1.0' })
  expect(await second?.text()).toBe(text)
})

test('what travels in a header is asked for by the name of the header, and sent as one', async () => {
  const page = await (await app.request('/docs')).text()
  const card = /<details id="groups.create"[\s\S]*?<\/details>/.exec(page)?.[0] ?? ''
  expect(card).toContain("-H 'Idempotency-Key: …'")
  expect(card).not.toContain('idempotency_key')
  const inputs = Array.from(card.matchAll(/<input name="([^"]+)"( data-header)?>/g), ([, name, header]) => ({
    name,
    value: name === 'Idempotency-Key' ? 'once' : name === 'groupname' ? 'g' : '',
    dataset: header ? { header: '' } : {},
  }))
  const button = { onclick: async () => {} }
  const parts: Record<string, object> = { button, '.answer': {} }
  const details = {
    dataset: { path: '/api/v2/easemob/group', method: 'POST' },
    querySelector: (selector: string) => parts[selector],
    querySelectorAll: () => inputs,
  }
  const document = { querySelectorAll: () => [details], getElementById: () => ({ value: 't' }) }
  const sent: unknown[] = []
  const fetch = async (...call: unknown[]) => {
    sent.push(call)
    return new Response('{}')
  }
  new Function('document', 'fetch', docsScript)(document, fetch)
  await button.onclick()
  expect(sent).toEqual([
    [
      '/api/v2/easemob/group',
      {
        method: 'POST',
        headers: { authorization: 'Bearer t', 'Idempotency-Key': 'once' },
        body: new URLSearchParams({ groupname: 'g' }),
      },
    ],
  ])
})
