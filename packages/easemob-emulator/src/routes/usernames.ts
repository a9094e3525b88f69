import { invalidParameter } from '../http/errors.ts'
import { isStrings, unique } from '../http/fields.ts'

/** The `usernames` of a batch body, folded, each once. */
export function usernames(value: unknown): string[] {
  if (!isStrings(value) || value.length === 0) throw invalidParameter('usernames must be provided')
  return unique(value.map(name => name.toLowerCase()))
}

/** The names of a comma list in a path, folded, each once. */
export const pathNames = (list: string): string[] => unique(list.toLowerCase().split(',').filter(Boolean))
