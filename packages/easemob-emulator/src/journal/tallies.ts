/** Exact counters over the whole run, however many calls there were. */
export interface Tallies {
  /** users that came into being, through any endpoint */
  usersCreated: number
  /** names in registration calls that existed already: a caller that registers nobody twice leaves this at 0 */
  existingUsersNamed: number
  groupsCreated: number
  groupsDeleted: number
  /** messages accepted, one for each recipient */
  messagesSent: number
  membersAdded: number
}

export const newTallies = (): Tallies => ({
  usersCreated: 0,
  existingUsersNamed: 0,
  groupsCreated: 0,
  groupsDeleted: 0,
  messagesSent: 0,
  membersAdded: 0,
})
