import { invalidParameter } from '../http/errors.ts'
import { flag, type JsonObject, number } from '../http/fields.ts'

/** Limits in characters: groupname 128, description 512, avatar 1024, custom 8192. */
const LENGTHS = { groupname: 128, description: 512, avatar: 1024, custom: 8192 } as const

/** A text field within its limit; undefined where it is absent. `label` is what the vendor's error calls it. */
export function groupText(value: unknown, label: keyof typeof LENGTHS): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw invalidParameter(`${label} must be a string`)
  if ([...value].length > LENGTHS[label]) throw invalidParameter(`${label} length is too big`)
  return value
}

/** A boolean under the first of `keys` that is present. */
export function groupFlag(fields: JsonObject, ...keys: string[]): boolean | undefined {
  const key = keys.find(name => fields[name] !== undefined)
  if (key === undefined) return undefined
  const value = flag(fields[key])
  if (value === undefined) throw invalidParameter(`${key} must be a boolean`)
  return value
}

/** The group's capacity, owner included. */
export function groupMaxUsers(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  const found = number(value)
  if (found === undefined || !Number.isInteger(found) || found < 1) {
    throw invalidParameter('maxusers must be a positive integer')
  }
  return found
}
