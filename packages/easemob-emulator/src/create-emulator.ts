import { createServer, type RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { adminApp } from './admin/admin.ts'
import { noCallbacks } from './callbacks/callbacks.ts'
import { DeliverCallbacks } from './callbacks/deliver-callbacks.ts'
import type { Emulated } from './emulated.ts'
import type { Emulator } from './emulator.ts'
import { Faults } from './faults/faults.ts'
import { RouteTable } from './http/router.ts'
import { Tokens } from './http/tokens.ts'
import { type ServerContext, serveVendor } from './http/vendor-api.ts'
import { Journal } from './journal/journal.ts'
import { Limits } from './limits/limits.ts'
import { listen } from './listen.ts'
import { operations } from './operations.ts'
import { checkOptions, type EmulatorOptions, type Options } from './options.ts'
import { routes } from './routes/all.ts'
import { applySeed, readSeed } from './seed.ts'
import { applicationUuid } from './state/uuid.ts'
import { viewsOf } from './state-view.ts'
import { LogFile } from './store/log-file.ts'
import { Store } from './store/store.ts'

/** Paths and queries may hold long lists of ids. */
const MAX_HEADER_BYTES = 64 * 1024

/**
 * Starts a local Easemob REST server.
 *
 * @param input options; every field has a default
 * @returns the running emulator; call `close` to free the port
 * @throws BadOptions for wrong options, BadSnapshot for a file that is damaged or in use, the system's error if the port cannot be bound
 * @example
 * const emulator = await createEmulator({ appKey: 'demo#app' })
 * emulator.faults.add({ operation: 'users.create', status: 503, times: 2 })
 * // … calls to emulator.url …
 * await emulator.close()
 */
export async function createEmulator(input: EmulatorOptions = {}): Promise<Emulator> {
  const options = checkOptions(input)
  const seed = options.seed === undefined ? undefined : readSeed(options.seed)
  const store = new Store(options.now ?? Date.now)
  const server = createServer({ keepAliveTimeout: 60_000, maxHeaderSize: MAX_HEADER_BYTES })
  const log =
    options.snapshot === undefined ? undefined : LogFile.open(options.snapshot, options.appKey, store)
  const closing = new AbortController()
  try {
    if (seed !== undefined) applySeed(store, seed)
    const url = await listen(server, options.host, options.port)
    const context = serverContext(options, store, url, closing.signal)
    const emulator = assemble(context, seed, async () => {
      closing.abort()
      const closed = new Promise<void>(resolve => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
      log?.close()
    })
    server.on('request', listener(context, emulator, options.host))
    return emulator
  } catch (error) {
    log?.close()
    throw error
  }
}

function serverContext(options: Options, store: Store, url: string, closing: AbortSignal): ServerContext {
  const { appKey, clientId, clientSecret, registration, quota, callbacks, latencyMs } = options
  const [org = '', app = ''] = appKey.split('#')
  const journal = new Journal()
  const emulated: Emulated = {
    ...{ org, app, appKey, clientId, clientSecret, registration, quota, url, store },
    applicationId: applicationUuid(appKey),
    tokens: new Tokens(appKey, clientId, clientSecret),
    limits: new Limits(options, () => store.now()),
    tallies: journal.running,
    callbacks: callbacks === undefined ? noCallbacks : new DeliverCallbacks(callbacks, appKey, closing),
  }
  const faults = new Faults(operations)
  return { emulated, faults, journal, latencyMs, closing, table: new RouteTable(routes) }
}

function assemble(
  { emulated, faults, journal }: ServerContext,
  seed: ReturnType<typeof readSeed> | undefined,
  close: () => Promise<void>,
): Emulator {
  const { store, limits, callbacks, url, appKey, clientId, clientSecret } = emulated
  let closed: Promise<void> | undefined
  return {
    ...{ url, appKey, clientId, clientSecret, faults, callbacks },
    reset() {
      store.commit({ op: 'reset' })
      journal.clear()
      faults.clear()
      limits.clear()
      if (seed !== undefined) applySeed(store, seed)
    },
    requests: journal,
    clock: { now: () => store.now(), advance: ms => store.advance(ms) },
    revokeTokens: () => store.revokeTokens(),
    state: viewsOf(store.state),
    close() {
      closed ??= close()
      return closed
    },
  }
}

function listener(context: ServerContext, emulator: Emulator, host: string): RequestListener {
  const admin = getRequestListener(adminApp(emulator, context.faults, context.emulated.store, host).fetch)
  return (request, response) => {
    if (/^\/_emulator(?:[/?]|$)/.test(request.url ?? '')) {
      void admin(request, response)
      return
    }
    // It rejects when the emulator closes while a call is delayed; the connection is closed then.
    serveVendor(context, request, response).catch(() => request.socket.destroy())
  }
}
