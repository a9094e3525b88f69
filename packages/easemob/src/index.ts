export type { BreakerOptions } from './call/breaker.ts'
export { createEasemob, type Easemob, type EasemobStats } from './easemob.ts'
export {
  EasemobError,
  type EasemobErrorCode,
  type EasemobErrorFields,
  type ErrorSubject,
  OutcomeUnknown,
} from './errors.ts'
export type { BreakerState, EasemobEvent } from './events.ts'
export type { Groups } from './groups/api.ts'
export type { GroupMembers } from './groups/members-api.ts'
export type {
  AddedMembers,
  Affiliation,
  EasemobGroup,
  GroupChanges,
  GroupMember,
  GroupSummary,
  NewGroup,
  RemovedMembers,
} from './groups/types.ts'
export type { GroupText, Messages } from './messages/api.ts'
export type { CallOptions, EasemobOptions, Priority, Sleep } from './options.ts'
export type { LimitClass } from './pace/limit-classes.ts'
export { createMemoryPaceStore } from './pace/memory-pace-store.ts'
export type { PaceStore, Reservation } from './pace/pace-store.ts'
export { type Page, PageRequest } from './page.ts'
export type { EasemobReader } from './reader.ts'
export type { CreateManyOptions, Users } from './users/api.ts'
export type { CreatedMany, EasemobUser, JoinedGroup, Lost, NewUser, Refused } from './users/types.ts'
