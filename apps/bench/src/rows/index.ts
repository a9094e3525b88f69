import type { Family } from '../report/row.ts'
import { cli } from './cli.ts'
import { create } from './create.ts'
import { group } from './group.ts'
import { importing } from './import.ts'
import { password } from './password.ts'
import { register, registerMillion } from './register.ts'
import { start } from './start.ts'
import { trpc } from './trpc.ts'
import { types } from './types.ts'
import { wrapper } from './wrapper.ts'

/** All measurements, in the order of the table. */
export const families: readonly Family[] = [
  password,
  group,
  create,
  trpc,
  register,
  registerMillion,
  importing,
  start,
  cli,
  types,
  wrapper,
]
