import type { Contract, Handlers } from '@easemob-gateway/contracts'
import type { Context, Grants } from '../context.ts'
import { accounts } from './accounts.ts'
import { groups } from './groups.ts'
import { keys } from './keys.ts'
import { runs } from './runs.ts'
import { system } from './system.ts'
import { users } from './users.ts'

/** The handler of every operation; a missing one does not compile. */
export const handlers: Handlers<Contract, Context, Grants> = { accounts, groups, keys, runs, system, users }
