import { createServer, type ServerResponse } from 'node:http'
import postgres from 'postgres'
import { createOpener } from '../floors/passwords.ts'
import { announce, readSettings } from '../floors/settings.ts'
import { createTokenCheck } from '../floors/token.ts'
import { createBareVendor } from '../floors/vendor.ts'
import { viewOf } from '../floors/view.ts'
import { withMessage } from '../floors/work.ts'

/**
 * The calls of the old gateway, on the floor's server: it fetches a token before every vendor call, makes its calls one
 * after the other, and caches nothing.
 */
const settings = readSettings()
const sql = postgres(settings.databaseUrl, { max: 12, onnotice: () => {} })
const authenticate = createTokenCheck(settings.jwtSecret)
const open = createOpener(Buffer.from(settings.passwordKey, 'base64'))
const vendor = createBareVendor(settings, false)
let made = 0

async function password(userId: string) {
  await vendor.call('GET', `/users/${userId}`, await vendor.token())
  const [row] = await sql`select password from accounts where user_id = ${userId}`
  return { im_pwd_hash: open(row?.['password'], userId) }
}

async function group(groupId: string) {
  const { body } = await vendor.call('GET', `/chatgroups/${groupId}`, await vendor.token())
  return viewOf(body, async ids => [
    await sql`select face, allow_invites from groups where id = ${groupId}`,
    await sql`select *, id::text as id from users where id = any(${ids}::bigint[])`,
  ])
}

async function create(userId: string, members: readonly string[]) {
  const groupid = `${Date.now()}${String(++made).padStart(3, '0')}`
  await vendor.call('POST', '/chatgroups', await vendor.token(), {
    ...{ groupid, groupname: 'old', desc: 'old', public: true, maxusers: 200, approval: false },
    ...{ owner: userId, members },
  })
  await sql`insert into groups (id) values (${groupid})`
  await vendor.call('POST', '/messages/chatgroups', await vendor.token(), {
    ...{ from: 'admin', to: [groupid], type: 'txt', body: { msg: 'u创建了群聊！' } },
  })
  return { im_group_id: groupid }
}

const server = createServer(async (request, response) => {
  const url = request.url ?? ''
  const userId = authenticate(request.headers.authorization)
  if (userId === null) return answer(response, 401, {})
  try {
    if (url === '/easemob/password') return answer(response, 201, withMessage(await password(userId)))
    if (url.startsWith('/easemob/group?im_group_id='))
      return answer(response, 200, await group(url.slice(27)))
    if (url === '/easemob/group')
      return answer(response, 201, await create(userId, ['2', '3', '4', '5', '6']))
    answer(response, 404, {})
  } catch (error) {
    answer(response, 500, { message: String(error) })
  }
})

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  announce(typeof address === 'object' && address ? address.port : 0)
})
