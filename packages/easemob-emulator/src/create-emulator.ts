import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { noCallbacks } from './callbacks/callbacks.ts'
import type { Emulated } from './emulated.ts'
import type { Emulator } from './emulator.ts'
import { Faults } from './faults/faults.ts'
import { RouteTable } from './http/router.ts'
import { Tokens } from './http/tokens.ts'
import { type Surroundings, serveVendor, UNKNOWN } from './http/vendor-api.ts'
import { Journal } from './journal/journal.ts'
import { Limits } from './limits/limits.ts'
import { checkOptions, type EmulatorOptions } from './options.ts'
import { routes } from './routes/all.ts'
import { plant, readSeed } from './seed.ts'
import { applicationUuid } from './state/uuid.ts'
import { viewsOf } from './state-view.ts'
import { Store } from './store/store.ts'

const OPERATIONS = new Set([...routes.map(route => route.operation), 'groups.transfer', UNKNOWN])

/**
 * Starts a local Easemob REST server.
 *
 * @throws BadOptions, or the system's error if the port cannot be taken
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
  const journal = new Journal()
  const limits = new Limits(options, () => store.now())
  const faults = new Faults(OPERATIONS)
  if (seed !== undefined) plant(store, seed)
  const server = createServer({ keepAliveTimeout: 60_000 })
  const url = await listen(server, options.host, options.port)
  const [org = '', app = ''] = options.appKey.split('#')
  const { appKey, clientId, clientSecret, registration, quota } = options
  const emulated: Emulated = {
    ...{ org, app, appKey, clientId, clientSecret, registration, quota, url, store, limits },
    applicationId: applicationUuid(appKey),
    tokens: new Tokens(appKey, clientId, clientSecret),
    tallies: journal.tallies,
    callbacks: noCallbacks,
  }
  const closing = new AbortController()
  const around: Surroundings = {
    ...{ emulated, faults, journal, latencyMs: options.latencyMs, closing: closing.signal },
    table: new RouteTable(routes),
  }
  server.on('request', (request, response) => {
    serveVendor(around, request, response).catch(() => request.socket.destroy())
  })
  const reset = () => {
    store.commit({ op: 'reset' })
    journal.clear()
    faults.clear()
    limits.clear()
    if (seed !== undefined) plant(store, seed)
  }
  return {
    ...{ url, appKey, clientId, clientSecret, reset },
    faults,
    requests: {
      list: () => journal.entries.list(),
      counts: () => journal.counts(),
      statuses: () => journal.statuses(),
      tallies: () => ({ ...journal.tallies }),
      clear: () => journal.clear(),
    },
    clock: { now: () => store.now(), advance: ms => store.advance(ms) },
    revokeTokens: () => store.revokeTokens(),
    state: viewsOf(store.state),
    async close() {
      closing.abort()
      server.closeAllConnections()
      await new Promise<void>(resolve => server.close(() => resolve()))
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(urlOf(server.address(), host))
    })
  })
}

function urlOf(address: AddressInfo | string | null, host: string): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0
  if (host === '0.0.0.0' || host === '::') return `http://127.0.0.1:${port}`
  return host.includes(':') ? `http://[${host}]:${port}` : `http://${host}:${port}`
}
