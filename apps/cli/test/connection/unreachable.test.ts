import { writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { workplace } from '../support/run-cli.ts'
import { runInProcess } from '../support/run-in-process.ts'

test('a gateway that is not there ends with 3 and names the address', async () => {
  await using place = await workplace()
  const file = join(place.folder, 'people.csv')
  await writeFile(file, 'id,name\n1,a\n')
  const url = await unusedUrl()
  const ran = await Promise.all(
    [
      ['system', 'status', '--json'],
      ['users', 'import', file],
      ['accounts', 'register-missing'],
      ['runs', 'watch', '--id', '1'],
    ].map(args => runInProcess(args, { gatewayUrl: url, gatewayToken: 'very.secret.token' })),
  )
  for (const { code, out, err } of ran) {
    expect({ code, out }).toMatchObject({ code: 3 })
    expect(err).toContain(`no gateway at ${url}`)
    expect(err).toContain('ECONNREFUSED')
    expect(err).not.toContain('secret')
    expect(err).not.toMatch(/^\s+at /m)
  }
})

test('a server that is no gateway is told apart from one that is not there', async () => {
  const server = createServer((_, response) => response.writeHead(404).end('<html>'))
  const gatewayUrl = await listen(server)
  const { code, err } = await runInProcess(['groups', 'faces', '--im-group-id', '1'], { gatewayUrl })
  server.closeAllConnections()
  server.close()
  expect(code).toBe(3)
  expect(err).toContain('not as a gateway does')
})

async function unusedUrl(): Promise<string> {
  const server = createServer()
  const url = await listen(server)
  await new Promise<void>(resolve => server.close(() => resolve()))
  return url
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}
