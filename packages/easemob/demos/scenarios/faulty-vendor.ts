import { createEmulator } from '@easemob-gateway/emulator'
import { createEasemob, type Easemob, type EasemobOptions } from '../../src/index.ts'

type Emulator = Awaited<ReturnType<typeof createEmulator>>

/** An emulator, and a client that talks to it. Both end with the block: `await using`. */
export async function clientAndEmulator(
  clientOptions: Partial<EasemobOptions> = {},
  emulatorOptions: Parameters<typeof createEmulator>[0] = {},
): Promise<{ easemob: Easemob; emulator: Emulator } & AsyncDisposable> {
  const emulator = await createEmulator(emulatorOptions)
  const { url: baseUrl, appKey, clientId, clientSecret } = emulator
  const easemob = createEasemob({
    baseUrl,
    appKey,
    clientId,
    clientSecret,
    callsPerSecond: 2_000,
    ...clientOptions,
  })
  return {
    easemob,
    emulator,
    async [Symbol.asyncDispose]() {
      await easemob.close()
      await emulator.close()
    },
  }
}

/** `share` of all calls fail: as 503, as a reset before or after the work was done, as 503 after it, and as a stall of 2 s. */
export function addFaults(emulator: Emulator, share: number, seed: number): void {
  const kinds = [
    { status: 503 },
    { drop: true },
    { drop: true, afterCommit: true },
    { status: 503, afterCommit: true },
    { delayMs: 2_000, afterCommit: true },
  ] as const
  const probability = 1 - (1 - share) ** (1 / kinds.length)
  for (const [index, kind] of kinds.entries()) {
    emulator.faults.add({ operation: '*', ...kind, probability, seed: seed + index })
  }
}
