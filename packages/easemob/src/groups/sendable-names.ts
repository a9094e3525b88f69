import type { Refused } from '../users/types.ts'
import { isUsername, USERNAME_RULE } from '../users/username.ts'

/** Removes duplicates, folded to lower case as the vendor does, and puts names that no call can carry into `refused`. */
export function sendableNames(usernames: readonly string[], refused: Refused[]): string[] {
  const sendable = new Map<string, string>()
  for (const username of usernames) {
    const folded = username.toLowerCase()
    if (sendable.has(folded)) continue
    // The names stand in a path, where servers fold dots away.
    if (isUsername(username) && username !== '.' && username !== '..') sendable.set(folded, username)
    else refused.push({ username, reason: USERNAME_RULE, code: 'invalid' })
  }
  return [...sendable.values()]
}
