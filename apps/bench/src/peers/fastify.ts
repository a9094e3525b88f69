import { fastify } from 'fastify'
import { announce, readSettings } from '../floors/settings.ts'
import { createWork, withMessage } from '../floors/work.ts'

/** The same work on Fastify, in the way that its documentation shows: a hook, a route, a response schema. */
const work = createWork(readSettings())
const app = fastify()
const users = new WeakMap<object, string>()

app.addHook('onRequest', async (request, reply) => {
  const userId = work.authenticate(request.headers.authorization)
  if (userId === null) return reply.code(401).send({ message: 'Unauthenticated.' })
  users.set(request, userId)
})

const texts = { type: 'array', items: { type: 'string' } }
const password = { type: 'object', properties: { message: texts, im_pwd_hash: { type: 'string' } } }
app.get('/easemob/password', { schema: { response: { 201: password } } }, async (request, reply) =>
  reply.code(201).send(withMessage(await work.password(users.get(request) ?? ''))),
)

const address = await app.listen({ host: '127.0.0.1', port: 0 })
announce(Number(new URL(address).port))
