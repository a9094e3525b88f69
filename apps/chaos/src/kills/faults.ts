import type { Emulator } from '@easemob-gateway/emulator'

/** What goes wrong at the vendor with every kind of call, in parts of all calls; together about one in nine. */
export function addFaults({ faults }: Emulator, seed: number): void {
  const everywhere = { operation: '*' }
  faults.add({ ...everywhere, status: 503, probability: 0.02, seed })
  faults.add({ ...everywhere, drop: true, probability: 0.015, seed: seed + 1 })
  faults.add({ ...everywhere, status: 503, afterCommit: true, probability: 0.02, seed: seed + 2 })
  faults.add({ ...everywhere, drop: true, afterCommit: true, probability: 0.02, seed: seed + 3 })
  faults.add({ ...everywhere, delayMs: 60, probability: 0.02, seed: seed + 4 })
  faults.add({ ...everywhere, delayMs: 60, afterCommit: true, probability: 0.02, seed: seed + 5 })
}
