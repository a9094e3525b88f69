import { inputFields } from '@easemob-gateway/contracts'
import { html, raw } from 'hono/html'
import { restBases } from '../rest/rest.ts'
import { type Routed, routed } from '../rest/routes.ts'

/** The page's style; the content security policy contains its hash. */
export const docsStyle = `
:root { color-scheme: light dark }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
code, pre, input { font: 13px ui-monospace, monospace }
details { border: 1px solid #8884; border-radius: 6px; margin: .5rem 0; padding: .4rem .8rem }
summary { cursor: pointer } summary b { display: inline-block; width: 4.5rem }
label { display: block; margin: .3rem 0 } label span { display: inline-block; width: 10rem }
input { width: 24rem; padding: .2rem .4rem } pre { background: #8882; padding: .6rem; overflow: auto; max-height: 20rem }`

/** The page of the REST API: every route with its fields, its errors, a curl command and a button that calls it. */
export function docsPage(): string {
  const page = html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>easemob-gateway</title><style>${raw(docsStyle)}</style><script src="/docs/try.js" defer></script></head>
<body>
<h1>easemob-gateway</h1>
<p>The REST API, generated from the contract: <a href="/openapi.json">OpenAPI 3.1</a>. Every path is below
<code>${restBases[1]}</code> and <code>${restBases[0]}</code>.</p>
<label><span>token (JWT)</span><input id="token" autocomplete="off" type="password"></label>
${routed.map(route)}
</body>
</html>`
  return String(page)
}

function route({ path, operation, route: { method, path: pattern, status, headers = {} } }: Routed) {
  const fields = Object.keys(inputFields(operation.input))
  const query = fields
    .filter(name => !pattern.includes(`{${name}}`) && !(name in headers))
    .map(name => `${name}=…`)
  const target = `${restBases[1]}${pattern}${query.length > 0 ? `?${query.join('&')}` : ''}`
  return html`<details id="${path}" data-method="${method}" data-path="${restBases[1]}${pattern}">
<summary><b>${method}</b> <code>${pattern}</code> · ${operation.summary}</summary>
<p>tRPC <code>${path}</code> · access <code>${operation.access}</code> · success ${status}${
    operation.errors.length > 0 ? html` · may answer ${operation.errors.join(', ')}` : ''
  }</p>
<pre>curl -X ${method} -H 'Authorization: Bearer TOKEN'${Object.values(headers).map(
    name => html` -H '${name}: …'`,
  )} 'URL${target}'</pre>
${fields.map(name => field(name, headers[name]))}
<button>Send</button>
<pre class="answer" hidden></pre>
</details>`
}

function field(name: string, header: string | undefined) {
  return header === undefined
    ? html`<label><span>${name}</span><input name="${name}"></label>`
    : html`<label><span>${header}</span><input name="${header}" data-header></label>`
}
