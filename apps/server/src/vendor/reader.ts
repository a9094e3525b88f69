import type { Easemob } from '@easemob-gateway/easemob'

/**
 * The vendor as handlers see it: they can read, and nothing else. The client that can write is handed to `perform` of a
 * durable write, so that a bare write to the vendor does not compile.
 */
export interface VendorReader {
  readonly users: Pick<Easemob['users'], 'get' | 'list'>
  readonly groups: Pick<Easemob['groups'], 'get' | 'list'>
  readonly token: Pick<Easemob['token'], 'ageMs'>
  readonly stats: Easemob['stats']
}
