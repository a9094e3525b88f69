import { join } from 'node:path'
import type { Env } from '../env.ts'
import type { DataDir } from './data-dir.ts'
import type { VendorAccess } from './vendor.ts'

/** The vendor that this process talks to, and what must be closed with it. */
export interface VendorPlace {
  readonly access: VendorAccess
  /** Of the emulator in this process; null for the real vendor. */
  readonly emulatorUrl: string | null
  close(): Promise<void>
}

/** The vendor of the environment, or an emulator in this process that keeps its state in the data folder. */
export async function findVendor(
  { vendor, emulatorPort, databaseUrl }: Env,
  dataDir: DataDir | null,
): Promise<VendorPlace> {
  if (vendor) return { access: vendor, emulatorUrl: null, close: async () => {} }
  const { createEmulator } = await import('@easemob-gateway/emulator')
  const keeps = dataDir !== null && databaseUrl !== 'memory://'
  const emulator = await createEmulator({
    port: emulatorPort,
    ...(keeps ? { snapshot: join(dataDir.path, 'emulator.snapshot') } : {}),
  })
  const { appKey, clientId, clientSecret, url } = emulator
  return {
    access: { appKey, clientId, clientSecret, baseUrl: url },
    emulatorUrl: url,
    close: () => emulator.close(),
  }
}
