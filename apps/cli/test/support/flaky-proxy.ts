import { connect, createServer, type Socket } from 'node:net'

/** A TCP proxy that breaks the connection once, in the middle of the given request. */
export async function flakyProxy(target: string, breakAtRequest: number) {
  const { hostname, port } = new URL(target)
  const sockets = new Set<Socket>()
  let requests = 0
  let broken = 0
  const server = createServer(near => {
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      sockets.add(socket)
      socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    }
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
    far.on('data', chunk => near.write(chunk))
    near.on('data', chunk => {
      if (chunk.includes('POST /')) requests++
      if (requests < breakAtRequest || broken > 0) far.write(chunk)
      else {
        broken++
        near.destroy()
      }
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    broken: () => broken,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}
