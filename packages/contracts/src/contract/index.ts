import { accounts } from './accounts.ts'
import { groups } from './groups.ts'
import { keys } from './keys.ts'
import { runs } from './runs.ts'
import { system } from './system.ts'
import { users } from './users.ts'

/** Every operation, by domain and name: `contract.groups.create` is `groups.create` on tRPC and `easemob groups create`. */
export const contract = { accounts, groups, users, runs, system, keys }
export type Contract = typeof contract
