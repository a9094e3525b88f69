import type { Family } from '../report/row.ts'
import { password } from './password.ts'

/** Everything that is measured, in the order of the table. */
export const families: readonly Family[] = [password]
