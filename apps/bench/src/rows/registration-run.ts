import { setInterval } from 'node:timers'
import { z } from 'zod'
import { ask } from '../measure/load.ts'
import { fillStrangers } from '../world/strangers.ts'
import type { World } from '../world/world.ts'
import { setStage } from './stage.ts'

const run = z.object({ state: z.string(), done: z.int(), failed: z.int() })
const answer = z.object({ result: z.object({ data: z.object({ run }) }) })
const waitSeconds = 60
const sampleMs = 100
const mebi = 2 ** 20

/** The results of a run. */
export interface RunTaken {
  readonly seconds: number
  /** The greatest growth of the gateway's memory during the run, in MiB. */
  readonly grownBy: number
  /** The shares of a core that the gateway and the vendor have used. */
  readonly gatewayBusy: number
  readonly vendorBusy: number
  readonly vendorUrl: string
}

/**
 * Registers `people` by `accounts.registerMissing`, from the call to the end of the run.
 * @param callsPerSecond the vendor's limit, which is also the gateway's pace; null: no limit
 */
export async function registerEveryone(
  world: World,
  people: number,
  callsPerSecond: number | null,
): Promise<RunTaken> {
  const stage = await setStage(
    world,
    0,
    callsPerSecond === null ? {} : { callsPerSecond },
    callsPerSecond === null ? {} : { EASEMOB_CALLS_PER_SECOND: String(callsPerSecond) },
  )
  await fillStrangers(stage.databaseUrl, people)
  const headers = { ...(await world.bearer(900_000_000, true)), 'content-type': 'application/json' }
  const before = stage.gateway.memory()
  let most = before
  const sampling = setInterval(() => {
    most = Math.max(most, stage.gateway.memory())
  }, sampleMs)
  const cpu = [stage.gateway.cpuSeconds(), stage.vendor.cpuSeconds()] as const
  const began = performance.now()
  try {
    for (;;) {
      const { text } = await ask(stage.gateway.url, {
        method: 'POST',
        path: '/trpc/accounts.registerMissing',
        headers,
        body: JSON.stringify({ wait: waitSeconds }),
      })
      const { state, done, failed } = answer.parse(JSON.parse(text)).result.data.run
      if (state === 'running') continue
      if (done !== people || failed > 0) throw new Error(`${done} of ${people} registered, ${failed} failed`)
      const seconds = (performance.now() - began) / 1000
      return {
        seconds,
        grownBy: (most - before) / mebi,
        gatewayBusy: (stage.gateway.cpuSeconds() - cpu[0]) / seconds,
        vendorBusy: (stage.vendor.cpuSeconds() - cpu[1]) / seconds,
        vendorUrl: stage.vendor.url,
      }
    }
  } finally {
    clearInterval(sampling)
  }
}
