import { setTimeout as delay } from 'node:timers/promises'
import type { Contract, Handlers } from '@easemob-gateway/contracts'
import type { Database } from '../../db/database.ts'
import type { RequestContext } from '../../request.ts'
import type { RunStore } from './store.ts'
import { type Run, readRun, readRuns } from './view.ts'

const pollMs = 300

/** The handlers of the operations on registration runs. */
export function createRunHandlers(
  database: Database,
  store: Pick<RunStore, 'cancel'>,
): Handlers<Contract, RequestContext>['runs'] {
  return {
    async get(call) {
      return (
        (await readRun(database, Number(call.input.id))) ?? call.fail('NOT_FOUND', missing(call.input.id))
      )
    },

    async list(call) {
      const { cursor, limit } = call.input
      const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number(cursor)
      const found = await readRuns(database, before, limit)
      return { runs: found, cursor: found.length < limit ? null : (found.at(-1)?.id ?? null) }
    },

    /** The event id encodes the run's counters, so that a client that reconnects gets an event only if they differ. */
    async *watch(call) {
      const { id, lastEventId } = call.input
      const { signal } = call.cancellation
      let last = lastEventId ?? ''
      while (!signal.aborted) {
        const run = (await readRun(database, Number(id))) ?? call.fail('NOT_FOUND', missing(id))
        const eventId = eventIdOf(run)
        if (eventId !== last) yield { id: eventId, data: run }
        if (run.state !== 'running') return
        last = eventId
        await delay(pollMs, undefined, { signal }).catch(() => undefined)
      }
    },

    async cancel(call) {
      const id = Number(call.input.id)
      await store.cancel(id)
      return (await readRun(database, id)) ?? call.fail('NOT_FOUND', missing(call.input.id))
    },
  }
}

const eventIdOf = ({ id, state, done, failed }: Run) => `${id}-${state}-${done}-${failed}`
const missing = (id: string) => ({ values: { what: `no run ${id}` } })
