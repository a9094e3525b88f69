/** The moments at which dying would hurt most; the chaos program kills the process at each. */
export const crashPoints = [
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
export type CrashPoint = (typeof crashPoints)[number]

/** Called at a {@link CrashPoint}; does nothing unless the process was started to die there. */
export type Reached = (point: CrashPoint) => void

/**
 * @param crashAt a point's name and how often it is passed first: `intent.performed:3`; null never dies
 * @example const reached = dieAt(env.crashAt)
 */
export function dieAt(crashAt: string | null): Reached {
  if (crashAt === null) return () => {}
  const [name, times = '0'] = crashAt.split(':')
  let left = Number(times)
  return point => {
    if (point === name && left-- <= 0) process.kill(process.pid, 'SIGKILL')
  }
}
