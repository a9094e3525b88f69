/** The moments at which a crash would hurt most; the chaos program kills the process at each. */
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
export type FailpointName = (typeof failpoints)[number]

/** Marks a {@link FailpointName}; does nothing unless the process was started to die there. */
export type Failpoint = (name: FailpointName) => void

/**
 * @param crashAt a failpoint's name and how often it is passed first: `intent.performed:3`; null never crashes
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
