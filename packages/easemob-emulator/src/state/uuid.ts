import { createHash } from 'node:crypto'

const GREGORIAN_TO_UNIX_MS = 12_219_292_800_000
const PER_CLOCK = 10_000
const TWO_32 = 2 ** 32
const UUID = /^([0-9a-f]{8})-([0-9a-f]{4})-1([0-9a-f]{3})-([0-9a-f]{4})-[0-9a-f]{12}$/i

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0')

/**
 * A uuid in the shape of version 1, computed from creation time and sequence number. The sequence number is encoded in the sub-millisecond digits
 * and the clock field, so that it can be read back without an index.
 */
export function userUuid(user: { readonly seq: number; readonly created: number }): string {
  const ms = user.created + GREGORIAN_TO_UNIX_MS
  const low = (ms % TWO_32) * PER_CLOCK + (user.seq % PER_CLOCK)
  const high = Math.floor(ms / TWO_32) * PER_CLOCK + Math.floor(low / TWO_32)
  const clock = 0x8000 | (Math.floor(user.seq / PER_CLOCK) & 0x3fff)
  return `${hex(low % TWO_32, 8)}-${hex(high & 0xffff, 4)}-${hex(0x1000 | ((high >>> 16) & 0xfff), 4)}-${hex(clock, 4)}-0a0b0c0d0e0f`
}

/** The sequence number in a uuid of {@link userUuid}, undefined for any other text. */
export function seqOfUuid(text: string): number | undefined {
  const match = UUID.exec(text)
  if (match === null) return undefined
  const [, low = '', middle = '', top = '', clock = ''] = match
  const ticks = BigInt(`0x${top}${middle}${low}`)
  return (Number.parseInt(clock, 16) & 0x3fff) * PER_CLOCK + Number(ticks % BigInt(PER_CLOCK))
}

/** The uuid of the app, derived from the app key. */
export function applicationUuid(appKey: string): string {
  const digest = createHash('sha256').update(`application ${appKey}`).digest('hex')
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-4${digest.slice(13, 16)}-8${digest.slice(17, 20)}-${digest.slice(20, 32)}`
}
