import { contract, type Operation, pathParameters, type Route, walk } from '@easemob-gateway/contracts'
import pkg from '../../../package.json' with { type: 'json' }
import { errorSchemas, responseHeaders, responsesOf } from './responses.ts'
import { asJson, createSchemaBook, type Json, type SchemaBook } from './schemas.ts'

const about = `Accounts and groups of Easemob IM. Every path stands below both servers and takes one trailing slash.

Parameters are read from the path, the body (JSON, urlencoded or multipart form) and the query, in this order, whatever
the method. Lists may be JSON arrays, repeated names or one text with commas; booleans may be \`true false 1 0\`;
whole numbers may be texts of digits; an empty text counts as absent; unknown names are ignored.`

/**
 * Makes the OpenAPI 3.1 document of the REST adapter from the contract.
 * @example JSON.stringify(openApiDocument())
 */
export function openApiDocument(): Json {
  const book = createSchemaBook()
  const paths: Record<string, Json> = {}
  for (const [name, operation] of walk(contract)) {
    const { route } = operation
    if (!route) continue
    const entry = { [route.method.toLowerCase()]: describe(name, operation, route, book) }
    paths[route.path] = { ...paths[route.path], ...entry }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Easemob gateway',
      version: pkg.version,
      description: about,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v2/easemob' }, { url: '/easemob' }],
    tags: [...new Set(walk(contract).flatMap(([name, { route }]) => (route ? domainOf(name) : [])))].map(
      name => ({ name }),
    ),
    security: [{ bearer: [] }, { token: [] }],
    paths,
    components: {
      schemas: { ...errorSchemas, ...book.components },
      headers: responseHeaders,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        token: { type: 'apiKey', in: 'query', name: 'token' },
      },
    },
  }
}

const domainOf = (name: string) => name.split('.')[0] ?? ''

function describe(name: string, operation: Operation, route: Route, book: SchemaBook): Json {
  const { properties, required } = book.input(operation.input)
  const fields = Object.entries(asJson(properties))
  const needed = new Set<unknown>(Array.isArray(required) ? required : [])
  const inPath = pathParameters(route.path)
  const headers = route.headers ?? {}
  const free = fields.filter(([field]) => !inPath.includes(field) && !(field in headers))
  const hasBody = ['POST', 'PUT', 'PATCH'].includes(route.method)
  const parameters = [
    ...fields
      .filter(([field]) => inPath.includes(field))
      .map(([field, schema]) => parameter(field, 'path', schema, true)),
    ...fields
      .filter(([field]) => field in headers)
      .map(([field, schema]) => parameter(headers[field] ?? field, 'header', schema, needed.has(field))),
    ...(hasBody ? [] : free.map(([field, schema]) => parameter(field, 'query', schema, needed.has(field)))),
  ]
  return {
    operationId: name,
    summary: operation.summary,
    description: accessTexts[operation.access],
    tags: [domainOf(name)],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(hasBody && free.length > 0 ? { requestBody: requestBody(free, needed) } : {}),
    responses: responsesOf(operation, route, book),
  }
}

function parameter(
  name: string,
  where: 'path' | 'query' | 'header',
  schema: unknown,
  required: boolean,
): Json {
  const { description, ...rest } = asJson(schema)
  const list = rest['type'] === 'array' ? { style: 'form', explode: false } : {}
  return { name, in: where, required, ...(description ? { description } : {}), ...list, schema: rest }
}

function requestBody(fields: readonly [string, unknown][], needed: ReadonlySet<unknown>): Json {
  const required = fields.map(([field]) => field).filter(field => needed.has(field))
  const schema = {
    type: 'object',
    properties: Object.fromEntries(fields),
    ...(required.length > 0 ? { required } : {}),
  }
  return {
    required: required.length > 0,
    content: { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } },
  }
}

const accessTexts: Readonly<Record<Operation['access'], string>> = {
  user: 'For anyone signed in.',
  self: "On the caller's own account, whoever they are.",
  user_id: 'For the user named by `user_id`, and administrators.',
  admin: 'For administrators.',
  'group.see': 'Public groups, and private ones for their members and administrators; others are left out.',
  'group.own': 'For the owner of the group, and administrators.',
  'group.invite': 'For the owner and administrators; for any member where the group allows invites.',
  'group.remove': 'For the owner and administrators; for a member who removes only themself.',
}
