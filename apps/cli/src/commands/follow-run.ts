import type { Outputs } from '@easemob-gateway/client'
import { patiently } from '../connection/patiently.ts'
import type { Session } from '../connection/session.ts'

/** A registration run as it stands. */
export type Run = Outputs['runs']['get']

/** How a run is followed. */
export interface Following {
  readonly session: Session
  readonly id: string
  /** Aborted: no longer of interest; the run goes on. */
  readonly signal: AbortSignal
  readonly onChange: (run: Run) => void
}

/** How long a lost connection is waited for, in ms. */
const lostFor = 60_000

/**
 * Follows a run until it ends, through lost connections and restarts of the gateway.
 * @returns the run as it was last seen: still running where the signal was aborted
 */
export async function followRun(following: Following): Promise<Run> {
  const { session, id, signal, onChange } = following
  let known = false
  for (;;) {
    const run = await patiently(() => session.client.runs.get.query({ id }), { known: () => known })
    known = true
    onChange(run)
    if (run.state !== 'running' || signal.aborted) return run
    const last = await watchOnce(following, run)
    if (last.state !== 'running' || signal.aborted) return last
  }
}

function watchOnce({ session, id, signal, onChange }: Following, run: Run): Promise<Run> {
  let last = run
  let lost: NodeJS.Timeout | undefined
  return new Promise<Run>((resolve, reject) => {
    const subscription = session.client.runs.watch.subscribe(
      { id },
      {
        onData: event => {
          last = event.data
          onChange(last)
        },
        onError: reject,
        onComplete: () => resolve(last),
        onConnectionStateChange: ({ state, error }) => {
          if (state === 'pending') lost = void clearTimeout(lost)
          else if (error)
            lost ??= setTimeout(() => {
              subscription.unsubscribe()
              reject(error)
            }, lostFor)
        },
      },
    )
    signal.addEventListener('abort', () => {
      subscription.unsubscribe()
      resolve(last)
    })
  }).finally(() => clearTimeout(lost))
}
