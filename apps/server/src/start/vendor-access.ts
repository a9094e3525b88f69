import { join } from 'node:path'
import type { Env } from '../env.ts'
import type { DataDir } from './data-dir.ts'
import type { VendorAccess } from './vendor.ts'

/** The vendor that this process calls. */
export interface VendorPlace {
  readonly access: VendorAccess
  /** The URL of the emulator in this process; null for the real vendor. */
  readonly emulatorUrl: string | null
  /** Closes the emulator. */
  close(): Promise<void>
}

/** The vendor of the environment, or an emulator in this process, with a snapshot in the data folder if there is one. */
export async function findVendor(
  { vendor, emulatorPort, databaseUrl }: Env,
  dataDir: DataDir | null,
): Promise<VendorPlace> {
  if (vendor) return { access: vendor, emulatorUrl: null, close: async () => {} }
  const { createEmulator } = await import('@easemob-gateway/emulator')
  const persistent = dataDir !== null && databaseUrl !== 'memory://'
  const emulator = await createEmulator({
    port: emulatorPort,
    ...(persistent ? { snapshot: join(dataDir.path, 'emulator.snapshot') } : {}),
  })
  const { appKey, clientId, clientSecret, url } = emulator
  return {
    access: { appKey, clientId, clientSecret, baseUrl: url },
    emulatorUrl: url,
    close: () => emulator.close(),
  }
}
