import { serve } from '@hono/node-server'
import { trpcServer } from '@hono/trpc-server'
import { initTRPC, TRPCError } from '@trpc/server'
import { Hono } from 'hono'
import { z } from 'zod'
import { announce, readSettings } from '../floors/settings.ts'
import { createWork } from '../floors/work.ts'

/** The same work as a procedure behind the stock @hono/trpc-server. */
const work = createWork(readSettings())
const t = initTRPC.context<{ userId: string | null }>().create()

const signedIn = t.procedure.use(({ ctx, next }) => {
  if (ctx.userId === null) throw new TRPCError({ code: 'UNAUTHORIZED' })
  return next({ ctx: { userId: ctx.userId } })
})
const router = t.router({
  accounts: t.router({
    password: signedIn.input(z.object({}).optional()).query(({ ctx }) => work.password(ctx.userId)),
  }),
})

const app = new Hono()
app.use(
  '/trpc/*',
  trpcServer({
    router,
    createContext: ({ req }) => ({
      userId: work.authenticate(req.headers.get('authorization') ?? undefined),
    }),
  }),
)
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => announce(port))
