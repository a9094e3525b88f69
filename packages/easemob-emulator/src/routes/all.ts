import { groupRoutes } from './groups.ts'
import { memberRoutes } from './members.ts'
import { messageRoutes } from './messages.ts'
import type { Route } from './route.ts'
import { tokenRoutes } from './token.ts'
import { userRoutes } from './users.ts'

/** Every endpoint of the vendor that is emulated. Fixed paths stand before those with parameters. */
export const routes: readonly Route[] = [
  ...tokenRoutes,
  ...userRoutes,
  ...memberRoutes,
  ...groupRoutes,
  ...messageRoutes,
]
