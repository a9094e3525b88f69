import { onTestFinished } from 'vitest'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/index.ts'
import { connect, type VendorClient } from './client.ts'

export interface Started extends VendorClient {
  readonly emulator: Emulator
}

/** Starts an emulator with an app token, closed when the test ends. */
export async function start(options: EmulatorOptions = {}): Promise<Started> {
  const emulator = await createEmulator(options)
  onTestFinished(() => emulator.close())
  return { emulator, ...(await connect(emulator)) }
}

/** Starts an emulator with a group `id` of owner o and members a and b, and a user x who is no member. */
export async function startWithGroup(): Promise<Started & { readonly id: string }> {
  const started = await start()
  await started.register('o', 'a', 'b', 'x')
  return { ...started, id: await started.group('o', ['a', 'b']) }
}

/** A clock that only `advance` moves. */
export function standingClock(now = 1_700_000_000_000) {
  let at = now
  return {
    now: () => at,
    advance(ms: number) {
      at += ms
    },
  }
}
