// Runs in a project that has installed the four packages, on the Node to be tried; plain JavaScript, since that is what
// their users may have.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createClient, isGatewayError } from '@easemob-gateway/client'
import { contract, errorText, walk } from '@easemob-gateway/contracts'
import { createEasemob } from '@easemob-gateway/easemob'
import { createEmulator } from '@easemob-gateway/emulator'

// contracts
assert.ok(walk(contract).length > 20)
assert.match(errorText('GROUP_NOT_FOUND', 'en'), /No such group/)

// easemob, against the emulator
const emulator = await createEmulator()
const { appKey, clientId, clientSecret, url } = emulator
const easemob = createEasemob({ appKey, clientId, clientSecret, baseUrl: url })
await easemob.users.createMany(['1', '2', '3'].map(username => ({ username, password: 'p' })))
const { groupId } = await easemob.groups.create({
  name: 'g',
  description: 'd',
  public: true,
  owner: '1',
  members: ['2'],
})
emulator.faults.add({ operation: 'groups.members.add', status: 503, times: 1 })
const { added } = await easemob.groups.members.add(groupId, ['3'])
assert.deepEqual(added, ['3'])
const names = []
for await (const { username } of easemob.groups.members.list(groupId)) names.push(username)
assert.deepEqual(names.sort(), ['1', '2', '3'])
await easemob.close()
await emulator.close()

// client, against a server that answers as the gateway does
const server = createServer((request, response) => {
  const known = request.url?.startsWith('/trpc/groups.faces')
  const data = { code: 'NOT_FOUND', httpStatus: 404, reason: 'NOT_FOUND' }
  const failure = { error: { message: 'nothing', code: -32004, data } }
  const success = { result: { data: [{ im_group_id: '1', group_face: 7 }] } }
  response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' })
  response.end(JSON.stringify(known ? success : failure))
})
await new Promise(resolve => server.listen(0, '127.0.0.1', resolve))
const client = createClient({ url: `http://127.0.0.1:${server.address().port}`, token: 'token' })
assert.deepEqual(await client.groups.faces.query({ im_group_id: ['1'] }), [
  { im_group_id: '1', group_face: 7 },
])
assert.ok(isGatewayError(await client.system.status.query().catch(error => error)))
server.close()

process.stdout.write(`the packages run on Node ${process.version}\n`)
