import { accounts } from './accounts.ts'
import { groups } from './groups.ts'
import { keys } from './keys.ts'
import { runs } from './runs.ts'
import { system } from './system.ts'
import { users } from './users.ts'

/**
 * Every operation of the gateway, by domain and name.
 * @example contract.groups.create // `groups.create` on tRPC, `easemob groups create` on the command line
 */
export const contract = { accounts, groups, users, runs, system, keys }
/** The type of {@link contract}. */
export type Contract = typeof contract
