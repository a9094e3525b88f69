import type { Contract, Handlers } from '@easemob-gateway/contracts'
import { accounts } from '../accounts/handlers.ts'
import { keys } from '../accounts/key-rotation.ts'
import { runs } from '../accounts/runs/handlers.ts'
import { groups } from '../groups/handlers.ts'
import type { Context, Grants } from '../request.ts'
import { system } from '../system/handlers.ts'
import { users } from '../users/handlers.ts'

/** The handler of every operation; a missing one does not compile. */
export const handlers: Handlers<Contract, Context, Grants> = { accounts, groups, keys, runs, system, users }
