import type { Family } from '../report/row.ts'
import { create } from './create.ts'
import { group } from './group.ts'
import { password } from './password.ts'
import { trpc } from './trpc.ts'

/** Everything that is measured, in the order of the table. */
export const families: readonly Family[] = [password, group, create, trpc]
