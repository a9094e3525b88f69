import { invalidParameter } from '../http/errors.ts'
import { isStrings, unique } from '../http/fields.ts'

/** The `usernames` of a batch body in lower case, without duplicates. @throws VendorError 400 */
export function usernames(value: unknown): string[] {
  if (!isStrings(value) || value.length === 0) throw invalidParameter('usernames must be provided')
  return unique(value.map(name => name.toLowerCase()))
}

/** The names of a comma-separated list in a path, in lower case, without duplicates. */
export const pathNames = (list: string): string[] => unique(list.toLowerCase().split(',').filter(Boolean))
