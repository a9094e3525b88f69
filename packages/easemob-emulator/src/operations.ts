import { UNKNOWN } from './http/vendor-api.ts'
import { routes } from './routes/all.ts'

/** The operation names that appear in the journal and may be used in fault rules. */
export const operations: ReadonlySet<string> = new Set([
  ...routes.map(route => route.operation),
  'groups.transfer',
  UNKNOWN,
])
