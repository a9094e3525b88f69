import { adminRoutes } from './admins.ts'
import { allowListRoutes } from './allow-list.ts'
import { announcementRoutes } from './announcements.ts'
import { contactRoutes } from './contacts.ts'
import { groupBlockRoutes } from './group-blocks.ts'
import { groupDisablingRoutes } from './group-disabling.ts'
import { groupRoutes } from './groups.ts'
import { memberRoutes } from './members.ts'
import { messageRoutes } from './messages.ts'
import { metadataRoutes } from './metadata.ts'
import { muteRoutes } from './mutes.ts'
import { presenceRoutes } from './presence.ts'
import type { Route } from './route.ts'
import { tokenRoutes } from './token.ts'
import { userBlockRoutes } from './user-blocks.ts'
import { userMuteRoutes } from './user-mutes.ts'
import { userRoutes } from './users.ts'

/** Every emulated endpoint. Fixed paths come before paths with parameters, because the first match decides. */
export const routes: readonly Route[] = [
  ...tokenRoutes,
  ...presenceRoutes,
  ...userRoutes,
  ...userBlockRoutes,
  ...userMuteRoutes,
  ...contactRoutes,
  ...metadataRoutes,
  ...memberRoutes,
  ...groupRoutes,
  ...adminRoutes,
  ...muteRoutes,
  ...groupBlockRoutes,
  ...allowListRoutes,
  ...announcementRoutes,
  ...groupDisablingRoutes,
  ...messageRoutes,
]
