import { createHash } from 'node:crypto'
import { Hono, type MiddlewareHandler } from 'hono'
import type { AppEnv } from '../incoming.ts'
import { openApiDocument } from '../openapi/document.ts'
import { docsPage, docsStyle } from './page.ts'
import { docsScript } from './script.ts'

const styleHash = createHash('sha256').update(docsStyle).digest('base64')
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'`

/** `/openapi.json`, and `/docs`, a page to read and try it, which loads nothing from other hosts. Made by the first request. */
export function docsPages(headers: MiddlewareHandler<AppEnv>): Hono<AppEnv> {
  let document: string | undefined
  let page: string | undefined
  const send = (body: string, type: string) =>
    new Response(body, {
      headers: {
        'content-type': type,
        'content-security-policy': policy,
        'cache-control': 'public, max-age=300',
      },
    })
  return new Hono<AppEnv>()

    .get('/openapi.json', headers, () => {
      document ??= JSON.stringify(openApiDocument())
      return send(document, 'application/json')
    })

    .get('/docs', headers, () => {
      page ??= docsPage()
      return send(page, 'text/html; charset=utf-8')
    })

    .get('/docs/try.js', headers, () => send(docsScript, 'text/javascript; charset=utf-8'))
}
