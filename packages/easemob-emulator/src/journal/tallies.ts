/** Exact counters since the start or the last reset. */
export interface Tallies {
  /** users created, through any endpoint */
  usersCreated: number
  /** names in registration calls that existed already; stays 0 when no client registers a user twice */
  existingUsersNamed: number
  groupsCreated: number
  groupsDeleted: number
  /** messages accepted, one for each recipient */
  messagesSent: number
  membersAdded: number
}

/** Tallies at zero. */
export const newTallies = (): Tallies => ({
  usersCreated: 0,
  existingUsersNamed: 0,
  groupsCreated: 0,
  groupsDeleted: 0,
  messagesSent: 0,
  membersAdded: 0,
})
