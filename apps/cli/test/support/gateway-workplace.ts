import { afterAll, beforeAll } from 'vitest'
import { type GatewayProcess, startGateway } from './gateway-process.ts'
import { workplace } from './run-cli.ts'

type Workplace = Awaited<ReturnType<typeof workplace>>

/** A gateway of a test file, and a folder whose commands call it as an administrator. */
export interface GatewayWorkplace {
  readonly gateway: GatewayProcess
  readonly place: Workplace
}

/** Starts both before the tests of the file that calls this, and removes them after; not to be read before. */
export function gatewayWorkplace(): GatewayWorkplace {
  let world: GatewayWorkplace | undefined
  const started = () => {
    if (!world) throw new Error('the gateway is started before the tests, not before the file')
    return world
  }
  beforeAll(async () => {
    const gateway = await startGateway()
    const token = await gateway.token('900001', 'admin')
    const place = await workplace({ EASEMOB_GATEWAY_URL: gateway.url, EASEMOB_GATEWAY_TOKEN: token })
    world = { gateway, place }
  })
  afterAll(async () => {
    await world?.place[Symbol.asyncDispose]()
    await world?.gateway[Symbol.asyncDispose]()
  })
  return {
    get gateway() {
      return started().gateway
    },
    get place() {
      return started().place
    },
  }
}
