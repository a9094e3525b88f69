import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import postgres from 'postgres'
import { move } from '../measure/cores.ts'
import { times } from '../measure/load.ts'
import { type Family, row } from '../report/row.ts'
import { setStage } from './stage.ts'

const rowsPerCall = 1000
// The default concurrency of `easemob users import`.
const callsAtOnce = 4
const rounds = 5
const columns = ['id', 'name', 'bio', 'sex', 'location', 'avatar'] as const

/** `users.import` of many users over HTTP, compared with COPY of the same rows into the same table. */
export const importing: Family = {
  name: 'import',
  async run(world) {
    const people = world.quick ? 20_000 : 1_000_000
    const part = people / rounds
    world.postgres.place('anywhere')
    move(process.pid, 'anywhere')
    const ours = await setStage(world, 0)
    const other = await setStage(world, 0)
    await other.gateway.stop()
    move(ours.gateway.pid, 'anywhere')
    const headers = { ...(await world.bearer(900_000_000, true)), 'content-type': 'application/json' }
    const client = postgres(other.databaseUrl, { max: 1, onnotice: () => {} })
    const took = { ours: 0, copy: 0 }
    let loadMicros = 0
    const cpu = ours.gateway.cpuSeconds()
    try {
      for (let from = 1; from <= people; from += part) {
        const calls = Array.from({ length: part / rowsPerCall }, (_, at) => ({
          method: 'POST' as const,
          path: '/trpc/users.import',
          headers,
          body: JSON.stringify({ users: peopleFrom(from + at * rowsPerCall, rowsPerCall) }),
        }))
        const began = performance.now()
        const idle = process.cpuUsage()
        await times(ours.gateway.url, calls, callsAtOnce)
        took.ours += performance.now() - began
        const { user, system } = process.cpuUsage(idle)
        loadMicros += user + system
        calls.length = 0

        const lines = Array.from({ length: part / rowsPerCall }, (_, at) =>
          linesOf(peopleFrom(from + at * rowsPerCall, rowsPerCall)),
        )
        const copied = performance.now()
        const into = await client`copy users (${client(columns)}) from stdin`.writable()
        await pipeline(Readable.from(lines), into)
        took.copy += performance.now() - copied
      }
      const [counted] = await client`select count(*)::int as people from users`
      if (counted?.['people'] !== people) throw new Error(`COPY left ${counted?.['people']} of ${people}`)
    } finally {
      await client.end()
    }
    const rate = (ms: number) => people / (ms / 1000)
    const micros = ((ours.gateway.cpuSeconds() - cpu) / people) * 1e6
    return [
      row(
        `users import of ${people.toLocaleString('en')} : COPY`,
        { ours: rate(took.ours), against: rate(took.copy), unit: 'rows/s' },
        { atLeast: 0.5 },
        `${callsAtOnce} calls of ${rowsPerCall} rows at once; ${micros.toFixed(1)} µs of the gateway's processor a row, ${(loadMicros / people).toFixed(1)} µs of the load's`,
      ),
    ]
  },
}

function peopleFrom(from: number, count: number) {
  return Array.from({ length: count }, (_, i) => ({
    id: String(from + i),
    name: `name of ${from + i}`,
    bio: `a few words about ${from + i}`,
    sex: (from + i) % 3,
    location: '四川省 巴中市',
    avatar: `/storage/avatars/${from + i}.png`,
  }))
}

const linesOf = (people: ReturnType<typeof peopleFrom>) =>
  people.map(person => `${columns.map(name => person[name]).join('\t')}\n`).join('')
