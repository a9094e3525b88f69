import type { Sleep } from '../options.ts'

/** Shortens a wait to what a Node timer can hold, about 24 days; a longer one would fire at once. */
export function timerMs(ms: number): number {
  return Math.min(ms, 2_147_483_647)
}

/** The default {@link Sleep}. */
export const realSleep: Sleep = (ms, signal) =>
  new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = (): void => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, timerMs(ms))
    signal?.addEventListener('abort', onAbort, { once: true })
  })
