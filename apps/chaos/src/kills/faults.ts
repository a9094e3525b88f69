import type { Emulator } from '@easemob-gateway/emulator'

/** The faults of the emulated vendor, with the share of calls that each affects; one call in nine in total. */
export function addFaults({ faults }: Emulator, seed: number): void {
  const everywhere = { operation: '*' }
  faults.add({ ...everywhere, status: 503, probability: 0.02, seed })
  faults.add({ ...everywhere, drop: true, probability: 0.015, seed: seed + 1 })
  faults.add({ ...everywhere, status: 503, afterCommit: true, probability: 0.02, seed: seed + 2 })
  faults.add({ ...everywhere, drop: true, afterCommit: true, probability: 0.02, seed: seed + 3 })
  faults.add({ ...everywhere, delayMs: 60, probability: 0.02, seed: seed + 4 })
  faults.add({ ...everywhere, delayMs: 60, afterCommit: true, probability: 0.02, seed: seed + 5 })
}
