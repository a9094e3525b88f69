import { setTimeout as delay } from 'node:timers/promises'
import type { EasemobReader } from '@easemob-gateway/easemob'
import type { Database } from '../db/database.ts'

const deadlineMs = 3000

/** One cheap call that needs the vendor's server, our credentials and the app to be right. */
export async function isVendorReachable(vendor: EasemobReader): Promise<boolean> {
  return vendor.users.list({ limit: 1, deadlineMs }).then(
    () => true,
    () => false,
  )
}

/** One cheap statement. */
export async function isDatabaseReachable(database: Database): Promise<boolean> {
  const answered = database.prepared('select 1 as up', []).then(
    () => true,
    () => false,
  )
  return Promise.race([answered, delay(deadlineMs, false, { ref: false })])
}
