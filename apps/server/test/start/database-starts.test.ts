import { connect, createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateways, gateways } from '../durable/gateways.ts'

const sslRequest = 80_877_103

/** What a Postgres says to everyone while it starts up. */
function startingUp(): Buffer {
  const fields = 'SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0'
  const answer = Buffer.alloc(5 + fields.length)
  answer.write('E', 0)
  answer.writeInt32BE(4 + fields.length, 1)
  answer.write(fields, 5)
  return answer
}

/** A door before a Postgres: it refuses as one that starts, breaks off at once, or lets through. */
class Door {
  state: 'starting' | 'broken' | 'open' = 'starting'
  knocks = 0
  readonly #server: Server
  readonly #sockets = new Set<Socket>()
  constructor(url: URL) {
    this.#server = createServer(socket => {
      this.knocks++
      this.#keep(socket)
      if (this.state === 'broken') return void socket.destroy()
      if (this.state === 'open') {
        const behind = connect(Number(url.port), url.hostname)
        this.#keep(behind)
        socket.pipe(behind).pipe(socket)
        return
      }
      socket.on('data', data => {
        if (data.length >= 8 && data.readInt32BE(4) === sslRequest) socket.write('N')
        else socket.end(startingUp())
      })
    })
  }
  #keep(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket))
  }
  listen(): Promise<number> {
    return new Promise(resolve =>
      this.#server.listen(0, '127.0.0.1', () => {
        const address = this.#server.address()
        resolve(typeof address === 'object' && address ? address.port : 0)
      }),
    )
  }
  /** Cuts everyone off. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
  close(): void {
    this.cut()
    this.#server.close()
  }
}

describe('a Postgres', () => {
  let world: Gateways
  const doors: Door[] = []
  beforeAll(async () => {
    world = await gateways()
  })
  afterAll(async () => {
    await world.close()
    for (const door of doors) door.close()
  })

  async function behindDoor() {
    const url = new URL(world.database.url)
    const door = new Door(new URL(world.database.url))
    doors.push(door)
    url.port = String(await door.listen())
    return { door, DATABASE_URL: url.href }
  }

  test('that is starting up is waited for, with a line that says so', async () => {
    const { door, DATABASE_URL } = await behindDoor()
    const gateway = world.start({ DATABASE_URL })
    const line = await gateway.line(text => text.includes('the database is away, waiting for it'))
    expect(line).toContain('the database system is starting up')
    door.state = 'open'
    const { url } = await gateway.listening()
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    expect(gateway.errors()).toBe('')
  }, 60_000)

  test('that goes away in the midst of the start is waited for, too', async () => {
    const { door, DATABASE_URL } = await behindDoor()
    door.state = 'open'
    const gateway = world.start({ DATABASE_URL })
    // The first connection brings the schema up to date; those that follow open the queue.
    while (door.knocks < 2) await new Promise(resolve => setImmediate(resolve))
    door.state = 'broken'
    door.cut()
    await gateway.line(text => text.includes('the database is away, waiting for it'))
    door.state = 'open'
    const { url } = await gateway.listening()
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
  }, 60_000)

  test('that goes away later makes requests answer 503 with Retry-After, and comes back without a restart', async () => {
    const { door, DATABASE_URL } = await behindDoor()
    door.state = 'open'
    const gateway = world.start({ DATABASE_URL })
    const { url } = await gateway.listening()
    await world.client(url, 'admin').users.import.mutate({ users: [{ id: '1', name: 'u1' }] })
    const headers = { authorization: `Bearer ${await world.token('1')}` }
    const password = () => fetch(`${url}/easemob/password`, { headers })
    expect((await password()).status).toBe(201)
    door.state = 'starting'
    door.cut()
    for (let time = 0; time < 3; time++) {
      const answer = await password()
      expect(answer.status).toBe(503)
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    }
    expect((await fetch(`${url}/readyz`)).status).toBe(503)
    door.state = 'open'
    let status = 0
    while (status !== 201) status = (await password()).status
    expect(gateway.child.exitCode).toBeNull()
  }, 60_000)
})
