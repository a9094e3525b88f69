import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import { z } from 'zod'
import type { Emulator } from '../emulator.ts'
import { BadFaultRule, type Faults } from '../faults/faults.ts'
import { dump } from '../store/dump.ts'
import { headerLine } from '../store/replay.ts'
import type { Store } from '../store/store.ts'
import { guard } from './guard.ts'
import { inspector } from './inspector.ts'

const clockBody = z.strictObject({ advanceMs: z.int().min(0).max(3_153_600_000_000) })

/** A request body that an admin endpoint cannot use; answered with 400. */
class BadBody extends Error {
  override name = 'BadBody'
}

/** The admin endpoints under `/_emulator`: inspector, health, journal, faults, clock, tokens, reset and snapshot. */
export function adminApp(emulator: Emulator, faults: Faults, store: Store, boundTo: string): Hono {
  const app = new Hono({ strict: false }).basePath('/_emulator')
  app.use(guard(boundTo))
  app.use(async (_, next) => {
    await next()
    if (store.log?.pending) await store.log.written()
  })
  app.onError((error, context) => {
    const known = error instanceof BadBody || error instanceof BadFaultRule
    if (!known) console.error('emulator: an admin endpoint failed', error)
    return context.json({ error: error.message }, known ? 400 : 500)
  })
  app.notFound(context =>
    context.json(
      { error: `no endpoint ${context.req.method} ${context.req.path}; see GET /_emulator/` },
      404,
    ),
  )
  app.get('/', context => inspector(context, emulator))
  app.get('/health', context => context.json(health(emulator)))
  app.post('/reset', context => {
    emulator.reset()
    return context.json({ reset: true })
  })
  app.delete('/tokens', context => {
    emulator.revokeTokens()
    return context.json({ revoked: true })
  })
  app.get('/clock', context => context.json({ now: emulator.clock.now() }))
  app.post('/clock', async context => {
    const body = clockBody.safeParse(jsonOf(await context.req.text()))
    if (!body.success) throw new BadBody(`clock refused: ${z.prettifyError(body.error)}`)
    emulator.clock.advance(body.data.advanceMs)
    return context.json({ now: emulator.clock.now() })
  })
  addJournal(app, emulator)
  addFaults(app, faults)
  addSnapshot(app, emulator, store)
  return app
}

const health = ({ appKey, url, state, callbacks }: Emulator) => ({
  ...{ status: 'ok', appKey, url },
  users: state.users.count,
  groups: state.groups.count,
  messages: state.messages.count,
  callbacks: callbacks.counts(),
  process: { rssBytes: process.memoryUsage.rss(), cpuMs: cpuMs() },
})

const cpuMs = () => {
  const { user, system } = process.cpuUsage()
  return Math.round((user + system) / 1000)
}

function addJournal(app: Hono, { requests }: Emulator): void {
  app.get('/requests', context => {
    const operation = context.req.query('operation')
    const limit = Number(context.req.query('limit') ?? Number.POSITIVE_INFINITY)
    const all = requests.list().filter(entry => operation === undefined || entry.operation === operation)
    const newest = limit >= 0 && limit < all.length ? all.slice(all.length - Math.floor(limit)) : all
    return context.json({
      requests: newest,
      counts: requests.counts(),
      statuses: requests.statuses(),
      tallies: requests.tallies(),
    })
  })
  app.delete('/requests', context => {
    requests.clear()
    return context.json({ cleared: true })
  })
}

function addFaults(app: Hono, faults: Faults): void {
  app.get('/faults', context => context.json({ faults: faults.list() }))
  app.post('/faults', async context => {
    const id = faults.add(jsonOf(await context.req.text()))
    return context.json({ id }, 201)
  })
  app.delete('/faults', context => {
    faults.clear()
    return context.json({ cleared: true })
  })
  app.delete('/faults/:id', context => {
    const id = context.req.param('id')
    return faults.remove(Number(id))
      ? context.json({ removed: true })
      : context.json({ error: `no fault rule ${id}; GET /_emulator/faults lists them` }, 404)
  })
}

function addSnapshot(app: Hono, { appKey }: Emulator, store: Store): void {
  app.get('/snapshot', context => {
    context.header('content-type', 'application/x-ndjson')
    return stream(context, async out => {
      await out.write(headerLine(appKey))
      for (const change of dump(store.state)) await out.write(`${JSON.stringify(change)}\n`)
    })
  })
  app.post('/snapshot', context => {
    if (store.log === undefined) {
      return context.json(
        { error: 'this emulator keeps no snapshot file; start it with --snapshot FILE' },
        409,
      )
    }
    store.log.compact()
    return context.json({ bytes: store.log.bytes })
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadBody('the body is not JSON')
  }
}
