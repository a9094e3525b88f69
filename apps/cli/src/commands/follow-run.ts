import type { Outputs } from '@easemob-gateway/client'
import { withRetries } from '../connection/retry.ts'
import type { Session } from '../connection/session.ts'

/** The present state of a registration run. */
export type Run = Outputs['runs']['get']

/** Which run to follow, and until when. */
export interface Following {
  readonly session: Session
  readonly id: string
  /** Aborting it stops the following, not the run. */
  readonly signal: AbortSignal
  readonly onChange: (run: Run) => void
}

/** How long a subscription may stay disconnected, in ms. */
const maxDisconnectedMs = 60_000

/**
 * Follows a run until it ends, across lost connections and restarts of the gateway.
 * @returns the last state seen, which is `running` only where the signal was aborted
 * @throws what a call of the client threw, after the retries of {@link withRetries}
 */
export async function followRun(following: Following): Promise<Run> {
  const { session, id, signal, onChange } = following
  let hasAnswered = false
  for (;;) {
    const run = await withRetries(() => session.client.runs.get.query({ id }), {
      hasAnswered: () => hasAnswered,
    })
    hasAnswered = true
    onChange(run)
    if (run.state !== 'running' || signal.aborted) return run
    const last = await watchOnce(following, run)
    if (last.state !== 'running' || signal.aborted) return last
  }
}

function watchOnce({ session, id, signal, onChange }: Following, run: Run): Promise<Run> {
  let last = run
  let disconnected: NodeJS.Timeout | undefined
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
          if (state === 'pending') disconnected = void clearTimeout(disconnected)
          else if (error)
            disconnected ??= setTimeout(() => {
              subscription.unsubscribe()
              reject(error)
            }, maxDisconnectedMs)
        },
      },
    )
    signal.addEventListener('abort', () => {
      subscription.unsubscribe()
      resolve(last)
    })
  }).finally(() => clearTimeout(disconnected))
}
