import { onTestFinished } from 'vitest'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/index.ts'
import { connect, type VendorClient } from './client.ts'

export interface Started extends VendorClient {
  readonly emulator: Emulator
}

/** An emulator of the test's own with an app token, closed when the test ends. */
export async function start(options: EmulatorOptions = {}): Promise<Started> {
  const emulator = await createEmulator(options)
  onTestFinished(() => emulator.close())
  return { emulator, ...(await connect(emulator)) }
}

/** A clock that stands still until it is moved. */
export function standingClock(now = 1_700_000_000_000) {
  let at = now
  return {
    now: () => at,
    advance(ms: number) {
      at += ms
    },
  }
}
