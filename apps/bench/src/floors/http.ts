import { createServer, type ServerResponse } from 'node:http'
import { announce, readSettings } from './settings.ts'
import { createWork, withMessage } from './work.ts'

/** The floor: node:http around the work, for REST and for a single tRPC call. */
const work = createWork(readSettings())

const server = createServer(async (request, response) => {
  const url = request.url ?? ''
  const userId = work.authenticate(request.headers.authorization)
  if (userId === null) return answer(response, 401, { message: 'Unauthenticated.' })
  try {
    if (url === '/easemob/password') return answer(response, 201, withMessage(await work.password(userId)))
    if (url === '/trpc/accounts.password')
      return answer(response, 200, { result: { data: await work.password(userId) } })
    if (url.startsWith('/easemob/group?im_group_id='))
      return answer(response, 200, await work.group(userId, url.slice(27)))
    answer(response, 404, {})
  } catch (error) {
    answer(response, 500, { message: String(error) })
  }
})

function answer(response: ServerResponse, status: number, body: object | null): void {
  const text = JSON.stringify(body)
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    })
    .end(text)
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  announce(typeof address === 'object' && address ? address.port : 0)
})
