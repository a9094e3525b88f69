import { z } from 'zod'
import { operation } from '../operation.ts'
import { page } from '../schemas/common.ts'
import { run, runId } from '../schemas/run.ts'

/** Durable runs that register all users without an IM account. */
export const runs = {
  get: operation({
    kind: 'query',
    summary: 'One registration run',
    access: 'admin',
    errors: [],
    input: z.object({ id: runId }),
    output: run,
  }),
  list: operation({
    kind: 'query',
    summary: 'Registration runs, newest first',
    access: 'admin',
    errors: [],
    input: z.object(page).prefault({}),
    output: z.object({ runs: z.array(run), cursor: z.string().nullable() }),
  }),
  watch: operation({
    kind: 'subscription',
    summary: 'Progress of a run until it ends; resumes after a reconnect',
    access: 'admin',
    errors: [],
    input: z.object({ id: runId, lastEventId: z.string().max(100).nullish() }),
    output: run,
  }),
  cancel: operation({
    kind: 'mutation',
    summary: 'Stop a run; what it has registered stays',
    access: 'admin',
    errors: [],
    input: z.object({ id: runId }),
    output: run,
    target: 'id',
  }),
}
