import { contract, walk } from '@easemob-gateway/contracts'
import type { NamedOperation } from './call.ts'

/** Every operation by its path, `groups.create`. */
export const operations: ReadonlyMap<string, NamedOperation> = new Map(
  walk(contract).map(([path, operation]) => [path, { path, operation }]),
)
