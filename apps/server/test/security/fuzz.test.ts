import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Gateway, startGateway } from '../support/harness.ts'
import { brokenHttp } from './support/broken-http.ts'
import { digestOf } from './support/digest.ts'
import { forge } from './support/forgeries.ts'
import { theGroup } from './support/fuzz-inputs.ts'
import { shots } from './support/fuzz-requests.ts'
import { type RawAnswer, type RawConnection, rawConnection, sendAndHangUp } from './support/raw-http.ts'
import { bytesOf, callers, type Shot } from './support/shot.ts'

/** A longer hunt: `FUZZ_TIMES=10 npx -y pnpm@10 test fuzz`. */
const times = Number(process.env['FUZZ_TIMES'] ?? 1)
const batches = 42 * times
const batchSize = 500
const lanes = 32
const leaks =
  /node:internal|node_modules|\.ts:\d+|\bat (async )?[\w.]+ \(|DrizzleQuery|PostgresError|(Type|Range|Syntax|Reference)Error|insert into|\bfrom users\b/
/** What a terminal or a reader of lines would take for more than text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const unprintable = /[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/
const requestId = /^[\w.-]{1,64}$/

interface Shooting {
  readonly shot: Shot
  readonly answer: RawAnswer | null
}

describe('whatever is thrown at it', () => {
  let gateway: Gateway
  let connections: RawConnection[]
  let group: string
  const tokens = new Map<string, string | null>()
  const log: string[] = []
  const bytes = (shot: Shot) => {
    const framed = bytesOf(shot, tokens.get(shot.who) ?? null).toString('latin1')
    return Buffer.from(framed.replaceAll(theGroup, group), 'latin1')
  }

  beforeAll(async () => {
    gateway = await startGateway({
      database: 'postgres',
      env: {
        RATE_LIMIT_PER_MINUTE: '1000000000',
        EASEMOB_CALLS_PER_SECOND: '100000',
        CORS_ORIGINS: 'https://app.example',
      },
      log: { write: line => void log.push(line) },
    })
    connections = Array.from({ length: lanes }, () => rawConnection(gateway.url))
    await gateway.people(1, 2, 3, 50, 51)
    const deleted = { id: '4', name: 'gone', deleted_at: '2020-01-01T00:00:00Z' }
    await gateway.admin().users.import.mutate({ users: [deleted] })
    await gateway.admin().accounts.registerMissing.mutate({ wait: 30 })
    for (const [at, who] of callers.entries())
      tokens.set(who, await gateway.token({ sub: at === 5 ? '4' : String(at + 1) }))
    tokens.set('admin', await gateway.token({ sub: '900000', scope: 'easemob:admin' }))
    tokens.set('nobody', null)
    tokens.set('forger', forge({ alg: 'none' }, { sub: '1', exp: 2_000_000_000 }, ''))
  })
  afterAll(async () => {
    for (const connection of connections) connection.close()
    await gateway.close()
  })

  async function fire(batch: readonly Shot[]): Promise<Shooting[]> {
    const waiting = batch.entries()
    const done: Shooting[] = []
    await Promise.all(
      connections.map(async connection => {
        for (const [at, shot] of waiting)
          done[at] = { shot, answer: await connection.send(bytes(shot), shot.method) }
      }),
    )
    return done
  }

  /** Whether it may have changed something: a success of anything but a read, also one among the refusals of a batch. */
  const mayHaveDone = ({ answer, shot }: Shooting) =>
    answer !== null && answer.status < 300 && (shot.method !== 'GET' || answer.status === 207)

  async function calm() {
    const quiet =
      "select (select count(*) from runs where state = 'running') + (select count(*) from intents) as busy"
    await expect
      .poll(async () => Number((await gateway.services.database.prepared(quiet, []))[0]?.['busy']), {
        timeout: 20_000,
      })
      .toBe(0)
  }

  test(
    `${batches * batchSize} generated requests: no 5xx, no crash, no leak, and nothing changed by a refused one`,
    async () => {
      const statuses = new Map<number, number>()
      let replayed = 0
      let letIn = 0
      const property = fc.asyncProperty(
        fc.array(shots, { minLength: batchSize, maxLength: batchSize }),
        async batch => {
          group = (
            await gateway
              .as(1)
              .groups.create.mutate({ groupname: 'g', desc: 'd', members: ['2'], public: false })
          ).im_group_id
          await calm()
          const before = await digestOf(gateway)
          const shootings = await fire(batch)
          for (const { answer } of shootings)
            statuses.set(answer?.status ?? 0, (statuses.get(answer?.status ?? 0) ?? 0) + 1)
          expect(shootings.flatMap(complaint)).toEqual([])
          if (!shootings.some(mayHaveDone)) {
            expect(await digestOf(gateway)).toBe(before)
            return
          }
          // Some were let in: the refused ones again, alone. Of every third batch, to be done within a minute.
          if (++letIn % 3 !== 1) return
          const refused = shootings
            .filter(({ answer }) => (answer?.status ?? 400) >= 400)
            .map(({ shot }) => shot)
          await calm()
          const between = await digestOf(gateway)
          const again = await fire(refused)
          replayed += refused.length
          expect(again.flatMap(complaint)).toEqual([])
          if (!again.some(mayHaveDone)) expect(await digestOf(gateway)).toBe(between)
        },
      )
      await fc.assert(property, { numRuns: batches, endOnFailure: true })
      expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200)
      // The generator reaches behind every door: some are let in, and nearly every way to be refused is seen.
      for (const status of [200, 201, 204, 207, 400, 401, 403, 404, 405, 415, 422])
        expect([status, (statuses.get(status) ?? 0) > 20]).toEqual([status, true])
      expect(replayed).toBeGreaterThan(batchSize)
    },
    240_000 * times,
  )

  test('bytes that are hardly HTTP end in a refusal or a closed connection', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(brokenHttp, { minLength: 50, maxLength: 50 }), async requests => {
        const answers = await Promise.all(requests.map(bytes => sendAndHangUp(gateway.url, bytes)))
        const bad = answers.filter(text => /^HTTP\/1.1 5/m.test(text) || leaks.test(text))
        expect(bad).toEqual([])
      }),
      { numRuns: 20 * times, endOnFailure: true },
    )
    expect((await fetch(`${gateway.url}/healthz`)).status).toBe(200)
  })

  test('every line of the log was one JSON object, and none told of a failure of ours', () => {
    expect(log.length).toBeGreaterThan(1000)
    const broken = log.filter(
      line => line.indexOf('\n') !== line.length - 1 || typeof JSON.parse(line) !== 'object',
    )
    expect(broken).toEqual([])
    expect(log.filter(line => unprintable.test(line.slice(0, -1)))).toEqual([])
    expect(log.filter(line => /"level":"(error|fatal)"/.test(line)).slice(0, 5)).toEqual([])
  })
})

/** What is wrong with an answer; nothing, most of the time. */
function complaint({ shot, answer }: Shooting): string[] {
  const about = `${shot.who} ${shot.method} ${shot.target.slice(0, 300)} ${JSON.stringify(shot.headers).slice(0, 200)} ${shot.body.toString().slice(0, 400)}`
  if (!answer) return [`no answer to ${about}`]
  const { status, headers, body } = answer
  const id = headers.get('x-request-id')
  if (status >= 500) return [`${status} ${body.slice(0, 200)} to ${about}`]
  if (leaks.test(body)) return [`a leak: ${body.slice(0, 500)} to ${about}`]
  if (headers.has('server') || headers.has('x-powered-by')) return [`names its software: ${about}`]
  if (id === undefined ? status !== 400 && status !== 431 : !requestId.test(id))
    return [`${status} with request id ${id}: ${about}`]
  return []
}
