import { createEmulator } from '@easemob-gateway/emulator'
import { createEasemob, type Easemob, type EasemobOptions } from '../../src/index.ts'

type Emulator = Awaited<ReturnType<typeof createEmulator>>

/** Starts an emulator and a client of it. `await using` closes both at the end of the block. */
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

/** Makes `share` of all calls fail: by 503 or a reset before or after the work is done, or by an answer 2 s late. */
export function addFaults(emulator: Emulator, share: number, seed: number): void {
  const rules = [
    { status: 503 },
    { drop: true },
    { drop: true, afterCommit: true },
    { status: 503, afterCommit: true },
    { delayMs: 2_000, afterCommit: true },
  ] as const
  const probability = 1 - (1 - share) ** (1 / rules.length)
  for (const [index, rule] of rules.entries()) {
    emulator.faults.add({ operation: '*', ...rule, probability, seed: seed + index })
  }
}
