import type { UserRecord } from '../state/records.ts'
import { userUuid } from '../state/uuid.ts'

/** The vendor's user entity. `nickname` is absent if it was never set. */
export const userEntity = (user: UserRecord, activated = user.active) => ({
  uuid: userUuid(user),
  type: 'user',
  created: user.created,
  modified: user.modified,
  username: user.name,
  activated,
  nickname: user.nickname,
})
