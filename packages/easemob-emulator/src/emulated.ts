import type { Callbacks } from './callbacks/callbacks.ts'
import type { Tokens } from './http/tokens.ts'
import type { Tallies } from './journal/tallies.ts'
import type { Limits } from './limits/limits.ts'
import type { Store } from './store/store.ts'

/** The limits of a plan; absent fields are unlimited. */
export interface Quota {
  /** registered users; one more is 429 `resource_limited` */
  readonly users?: number | undefined
  /** groups of the app; one more is 403 `exceed_limit` */
  readonly groups?: number | undefined
  /** groups a user may be in; one more is 403 `exceed_limit` */
  readonly groupsPerUser?: number | undefined
}

/** The emulated app: everything that routes use. */
export interface Emulated {
  readonly org: string
  readonly app: string
  readonly appKey: string
  readonly applicationId: string
  readonly clientId: string
  readonly clientSecret: string
  readonly registration: 'open' | 'authorized'
  readonly quota: Quota
  /** base URL the server listens on */
  readonly url: string
  readonly store: Store
  readonly tokens: Tokens
  readonly limits: Limits
  readonly tallies: Tallies
  readonly callbacks: Callbacks
}
