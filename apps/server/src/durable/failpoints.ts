/** The moments at which a crash is most likely to cause a fault; the chaos program kills the process at each. */
export const failpoints = [
  'account.committed',
  'account.registered',
  'intent.taken',
  'intent.committed',
  'intent.performed',
  'intent.completing',
  'intent.completed',
  'job.begun',
  'job.done',
  'run.started',
  'run.claimed',
  'run.registered',
] as const
/** The name of a failpoint. */
export type FailpointName = (typeof failpoints)[number]

/** Kills the process if it was started with this failpoint; otherwise does nothing. */
export type Failpoint = (name: FailpointName) => void

/**
 * @param crashAt a failpoint and how often it is passed before the crash: `intent.performed:3`; null never crashes
 * @example const failpoint = createFailpoint(env.crashAt)
 */
export function createFailpoint(crashAt: string | null): Failpoint {
  if (crashAt === null) return () => {}
  const [name, times = '0'] = crashAt.split(':')
  let left = Number(times)
  return point => {
    if (point === name && left-- <= 0) process.kill(process.pid, 'SIGKILL')
  }
}
