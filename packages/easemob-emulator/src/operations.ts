import { UNKNOWN } from './http/vendor-api.ts'
import { routes } from './routes/all.ts'

/** Every name an operation can have in the journal and in fault rules. */
export const operations: ReadonlySet<string> = new Set([
  ...routes.map(route => route.operation),
  'groups.transfer',
  UNKNOWN,
])
