import { trpcServer } from '@hono/trpc-server'
import { type Context, Hono } from 'hono'
import { type AppEnv, createReceive } from '../../../server/src/http/incoming.ts'
import { createRouter } from '../../../server/src/http/trpc/router.ts'
import { trpcAdapter } from '../../../server/src/http/trpc/trpc.ts'
import type { Invoke } from '../../../server/src/invoke/call.ts'
import { createLimits } from '../../../server/src/invoke/limits.ts'
import { listen } from '../../../server/src/start/listen.ts'
import { announce } from '../floors/settings.ts'

/**
 * A tRPC server with procedures that do nothing, so that only the adapter is measured: the gateway's or, with the argument
 * `stock`, @hono/trpc-server. Router and HTTP server are the same.
 */
const invoke: Invoke = async () => ({ im_pwd_hash: '2daefb9d7a1e4c63b05f8a9c2e417d36' })

const receive = createReceive(false)
const perMinute = 100_000_000

const ours = () => trpcAdapter(invoke, createLimits(perMinute), receive)
const stock = () =>
  new Hono<AppEnv>().use(
    '/trpc/*',
    trpcServer({
      router: createRouter(invoke),
      createContext: (_, c: Context<AppEnv>) => ({ incoming: receive(c, 'trpc') }),
    }),
  )
const app = process.argv[3] === 'stock' ? stock() : ours()
const { url } = await listen(app.fetch, '127.0.0.1', 0)
announce(Number(new URL(url).port))
