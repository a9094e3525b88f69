import { clientAndEmulator } from './faulty-vendor.ts'

/** What {@link bulkAndSingles} measured. `floorMs`: the least time that the limit allows; `ratio`: `ms / floorMs`. */
export type PaceResult = {
  calls: number
  ms: number
  floorMs: number
  ratio: number
  getP95Ms: number
  getMaxMs: number
  tooMany: number
  created: number
}

/** Registers `users` in bulk at a vendor that allows `perSecond` calls, and makes `gets` single calls spread over that time. */
export async function bulkAndSingles(users: number, perSecond: number, gets: number): Promise<PaceResult> {
  await using setup = await clientAndEmulator({ callsPerSecond: perSecond }, { callsPerSecond: perSecond })
  const { easemob, emulator } = setup
  await easemob.users.create({ username: 'someone', password: 'secret' })
  const calls = Math.ceil(users / 60)
  const floorMs = (calls / perSecond) * 1000
  const people = Array.from({ length: users }, (_, user) => ({ username: `u${user}`, password: 'secret' }))
  const startedAt = performance.now()
  let running = true
  let batches = 0
  let wake = (): void => {}
  const bulk = easemob.users
    .createMany(people, {
      onBatch: () => {
        batches++
        wake()
      },
    })
    .finally(() => {
      running = false
      wake()
    })
  const times: number[] = []
  const every = Math.max(1, Math.floor(calls / (gets + 1)))
  while (times.length < gets && running) {
    if (batches < (times.length + 1) * every) {
      await new Promise<void>(resolve => {
        wake = resolve
      })
      continue
    }
    const since = performance.now()
    await easemob.users.get('someone')
    times.push(performance.now() - since)
  }
  const { created } = await bulk
  const ms = performance.now() - startedAt
  times.sort((a, b) => a - b)
  const tooMany = Object.values(emulator.requests.statuses()).reduce((sum, by) => sum + (by[429] ?? 0), 0)
  return {
    ...{ calls, ms, floorMs, ratio: ms / floorMs, tooMany, created: created.length },
    getP95Ms: times[Math.ceil(times.length * 0.95) - 1] ?? Number.POSITIVE_INFINITY,
    getMaxMs: times.at(-1) ?? Number.POSITIVE_INFINITY,
  }
}
