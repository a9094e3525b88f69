import fc from 'fast-check'
import { operations } from './call-faces.ts'
import { inputOf } from './fuzz-inputs.ts'
import { values } from './hostile.ts'
import { bases, encode, kinds, methods, paths, type Shot, text, who } from './shot.ts'

function bodyOf(kind: string, input: Record<string, unknown>): [string, Buffer] {
  if (kind === 'application/json') return [kind, Buffer.from(JSON.stringify(input))]
  const entries = Object.entries(input)
  if (kind !== 'multipart')
    return [kind, Buffer.from(entries.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&'))]
  const parts = entries.map(
    ([name, value]) => `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${text(value)}\r\n`,
  )
  return ['multipart/form-data; boundary=b', Buffer.from(`${parts.join('')}--b--\r\n`)]
}

/** Calls of every legacy route, by every kind of body. */
export const rest = fc.constantFrom(...paths.filter(path => operations.get(path)?.route)).chain(path =>
  fc
    .record({
      base: bases,
      input: inputOf(path),
      kind: kinds,
      who,
      method: methods,
      odd: fc.nat(9),
      slash: fc.nat(5),
    })
    .map(({ base, input, kind, who, method, odd, slash }): Shot => {
      const route = operations.get(path)?.route ?? { path: '/', method: 'GET' }
      const right = odd === 0 ? method : route.method
      const [type, body] = bodyOf(kind, input)
      const filled = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encode(input[name]))
      const target = `${base}${filled}${slash === 0 ? '/' : ''}`
      const query = Object.entries(input).map(([name, value]) => `${encode(name)}=${encode(value)}`)
      if (right === 'GET' || right === 'HEAD' || odd > 7)
        return {
          method: right,
          target: `${target}?${query.join('&')}`.slice(0, 60_000),
          headers: [],
          body: Buffer.alloc(0),
          who,
        }
      return { method: right, target, headers: [['content-type', type]], body, who }
    }),
)

/** Calls of every procedure, alone, in batches and as streams. */
export const trpc = fc.constantFrom(...paths).chain(path =>
  fc
    .record({
      input: inputOf(path),
      second: values,
      batch: fc.nat(3),
      odd: fc.nat(15),
      who,
      stream: fc.nat(5),
    })
    .map(({ input, second, batch, odd, who, stream }): Shot => {
      const json = JSON.stringify(batch === 0 ? { 0: input, 1: second } : input)
      const isQuery = (operations.get(path)?.kind !== 'mutation') !== (odd === 0)
      const names = batch === 0 ? `${path},${odd === 1 ? 'no.such' : path}` : path
      const target = `/trpc/${names}?${batch === 0 ? 'batch=1' : ''}`
      const headers: [string, string][] = stream === 0 ? [['trpc-accept', 'application/jsonl']] : []
      const input64k = `${target}&input=${encodeURIComponent(json)}`
      if (isQuery && input64k.length < 60_000)
        return { method: 'GET', target: input64k, headers, body: Buffer.alloc(0), who }
      return {
        method: 'POST',
        target,
        headers: [...headers, ['content-type', 'application/json']],
        body: Buffer.from(json),
        who,
      }
    }),
)
