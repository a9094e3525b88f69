import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readBody } from '../../src/http/rest/body.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('a body', () => {
  test('is refused as malformed or read, never anything else', async () => {
    const types = fc.option(
      fc.constantFrom(
        'application/json',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=b',
        'multipart/form-data',
        'text/plain',
        '/',
        '',
      ),
      { nil: undefined },
    )
    const contents = fc.oneof(
      fc.uint8Array(),
      fc.json().map(bytes),
      fc.string().map(bytes),
      fc
        .string()
        .map(inner => bytes(`--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${inner}\r\n--b--`)),
    )
    await fc.assert(
      fc.asyncProperty(contents, types, async (content, type) => {
        const result = await readBody(content, type).catch(error => error.key)
        expect(result === 'MALFORMED_BODY' || result instanceof Map).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('that is empty or blank has no fields, whatever it is called', async () => {
    for (const type of ['application/json', 'application/x-www-form-urlencoded', undefined])
      for (const content of ['', ' \r\n']) expect(await readBody(bytes(content), type)).toEqual(new Map())
  })

  test('keeps the byte order mark out of its first field', async () => {
    expect(await readBody(bytes('\uFEFF{"a":1}'), 'application/json')).toEqual(new Map([['a', 1]]))
  })
})
