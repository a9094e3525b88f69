import { type EasemobOptions, OutcomeUnknown } from '../../src/index.ts'
import { addFaults, clientAndEmulator } from './faulty-vendor.ts'
import { limited } from './limited.ts'

/** What {@link idempotentCalls} measured. */
export type IdempotentResult = {
  calls: number
  succeeded: number
  attempts: number
  failures: string[]
  breakerOpened: boolean
  ms: number
}

/** Makes idempotent calls of six operations while `share` of the vendor's answers fail. */
export async function idempotentCalls(
  calls: number,
  concurrency: number,
  share: number,
  seed = 1,
  options: Partial<EasemobOptions> = {},
): Promise<IdempotentResult> {
  let breakerOpened = false
  await using setup = await clientAndEmulator({
    attemptTimeoutMs: 500,
    ...options,
    onEvent: event => {
      breakerOpened ||= event.type === 'breaker' && event.state === 'open'
    },
  })
  const { easemob, emulator } = setup
  await easemob.users.createMany(
    Array.from({ length: 100 }, (_, user) => ({ username: `u${user}`, password: 'secret' })),
  )
  const { groupId } = await easemob.groups.create({ name: 'g', description: 'd', public: true, owner: 'u0' })
  const tasks: ((index: number) => Promise<unknown>)[] = [
    index => easemob.users.get(`u${index % 100}`),
    index => easemob.users.setPassword(`u${index % 100}`, `secret${index}`),
    async () => await easemob.users.list({ limit: 20 }),
    index => easemob.groups.update(groupId, { description: `d${index}` }),
    () => easemob.groups.get([groupId]),
    async index => {
      const { lost, refused } = await easemob.groups.members.add(groupId, [`u${1 + (index % 99)}`])
      if (lost[0]) throw lost[0].error
      if (refused[0]) throw new Error(refused[0].reason)
    },
  ]
  addFaults(emulator, share, seed)
  const before = easemob.stats().attempts
  const failures: string[] = []
  const startedAt = performance.now()
  await limited(calls, concurrency, async index => {
    try {
      await tasks[index % tasks.length]?.(index)
    } catch (error) {
      failures.push(String(error))
    }
  })
  const ms = performance.now() - startedAt
  const attempts = easemob.stats().attempts - before
  return { calls, succeeded: calls - failures.length, attempts, failures, breakerOpened, ms }
}

/** What {@link groupCreations} measured: the outcomes that the client saw, and the groups that exist. */
export type CreationResult = {
  asked: number
  succeeded: number
  unknown: number
  notCreated: number
  groups: number
}

/** Creates groups while `share` of the vendor's answers fail. */
export async function groupCreations(
  asked: number,
  concurrency: number,
  share: number,
  seed = 1,
  options: Partial<EasemobOptions> = {},
): Promise<CreationResult> {
  await using setup = await clientAndEmulator({ attemptTimeoutMs: 500, ...options })
  const { easemob, emulator } = setup
  await easemob.users.create({ username: 'owner', password: 'secret' })
  addFaults(emulator, share, seed)
  const result = { asked, succeeded: 0, unknown: 0, notCreated: 0 }
  await limited(asked, concurrency, async index => {
    try {
      await easemob.groups.create({ name: `g${index}`, description: 'd', public: true, owner: 'owner' })
      result.succeeded++
    } catch (error) {
      if (error instanceof OutcomeUnknown) result.unknown++
      else result.notCreated++
    }
  })
  return { ...result, groups: emulator.state.groups.count }
}
