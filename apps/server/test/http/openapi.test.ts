import { contract, walk } from '@easemob-gateway/contracts'
import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { openApiDocument } from '../../src/http/openapi/document.ts'
import { asJson } from '../../src/http/openapi/schemas.ts'

const document = asJson(JSON.parse(JSON.stringify(openApiDocument())))
const routes = walk(contract).flatMap(([name, operation]) =>
  operation.route ? [{ name, operation, route: operation.route }] : [],
)

/** What stands at a path of keys. */
function at(...keys: string[]): unknown {
  return keys.reduce<unknown>((value, key) => asJson(value)[key], document)
}

/** Every value of `key`, anywhere. */
function every(key: string, value: unknown = document): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, item]) => [
    ...(name === key ? [item] : []),
    ...every(key, item),
  ])
}

describe('the OpenAPI document', () => {
  test('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
    expect(document['openapi']).toMatch(/^3\.1\./)
  })

  test('has only references that lead somewhere', () => {
    const references = every('$ref').map(String)
    expect(references.length).toBeGreaterThan(50)
    const lost = references.filter(reference => at(...reference.slice(2).split('/')) === undefined)
    expect(lost).toEqual([])
  })

  test('lists the routes of the contract and no others', () => {
    const listed = Object.entries(asJson(document['paths'])).flatMap(([path, item]) =>
      Object.keys(asJson(item)).map(method => `${method.toUpperCase()} ${path}`),
    )
    expect(listed.sort()).toEqual(routes.map(({ route }) => `${route.method} ${route.path}`).sort())
    expect(listed).toHaveLength(13)
  })

  test.each(routes)(
    '$name answers the status of its route, 401, 422 and 429',
    ({ name, operation, route }) => {
      const entry = asJson(at('paths', route.path, route.method.toLowerCase()))
      expect(entry['operationId']).toBe(name)
      const statuses = Object.keys(asJson(entry['responses']))
      expect(statuses).toEqual(expect.arrayContaining([String(route.status), '401', '422', '429', '503']))
      if (operation.errors.includes('GROUP_NOT_FOUND')) expect(statuses).toContain('404')
    },
  )

  test.each(routes.filter(({ route }) => ['GET', 'DELETE'].includes(route.method)))(
    '$name takes its parameters in the query',
    ({ route }) => {
      const entry = asJson(at('paths', route.path, route.method.toLowerCase()))
      expect(entry['requestBody']).toBeUndefined()
      const places = every('in', entry['parameters'] ?? [])
      expect(places.every(place => place === 'query')).toBe(true)
    },
  )

  test('takes the fields of POST group as JSON and as a form, and the idempotency key as a header', () => {
    const create = asJson(at('paths', '/group', 'post'))
    const content = asJson(asJson(create['requestBody'])['content'])
    expect(Object.keys(content)).toEqual(['application/json', 'application/x-www-form-urlencoded'])
    const schema = asJson(asJson(content['application/json'])['schema'])
    expect(schema['required']).toEqual(['groupname', 'desc'])
    expect(Object.keys(asJson(schema['properties']))).not.toContain('idempotency_key')
    expect(create['parameters']).toMatchObject([{ name: 'Idempotency-Key', in: 'header', required: false }])
  })

  test('shows the legacy envelopes: a message list, the empty list, no body', () => {
    const password = at(
      'paths',
      '/password',
      'get',
      'responses',
      '201',
      'content',
      'application/json',
      'schema',
    )
    expect(asJson(password)['required']).toEqual(['message', 'im_pwd_hash'])
    const reset = at('paths', '/password', 'put', 'responses', '201', 'content', 'application/json', 'schema')
    expect(reset).toMatchObject({ type: 'array', maxItems: 0 })
    expect(at('paths', '/group', 'delete', 'responses', '204', 'content')).toBeUndefined()
  })
})
