import type { CreatedMany, NewUser } from './types.ts'
import { isUsername, USERNAME_RULE } from './username.ts'

/** The vendor's limit of users in one registration call. */
export const BATCH_SIZE = 60

/** An outcome with no users in it yet. */
export function emptyOutcome(): CreatedMany {
  return { created: [], existing: [], refused: [], lost: [] }
}

/** Adds one outcome to another. Pushes one by one, since long lists as arguments overflow the stack. */
export function addOutcome(total: CreatedMany, part: CreatedMany): void {
  for (const name of part.created) total.created.push(name)
  for (const name of part.existing) total.existing.push(name)
  for (const refusal of part.refused) total.refused.push(refusal)
  for (const loss of part.lost) total.lost.push(loss)
}

/** Users to send in one call, and in `outcome` those refused before sending. */
export type Batch = { users: NewUser[]; outcome: CreatedMany }

/** Splits the input into batches. Refuses users whose name came earlier in the input, and users whose fields the vendor would refuse. */
export async function* batches(
  users: Iterable<NewUser> | AsyncIterable<NewUser>,
): AsyncGenerator<Batch, void, undefined> {
  const seen = new Set<string>()
  let batch: Batch = { users: [], outcome: emptyOutcome() }
  for await (const user of users) {
    const folded = user.username.toLowerCase()
    const reason = seen.has(folded) ? 'the name is given more than once' : invalidReason(user)
    seen.add(folded)
    if (reason === undefined) batch.users.push(user)
    else batch.outcome.refused.push({ username: user.username, reason, code: 'invalid' })
    if (batch.users.length + batch.outcome.refused.length < BATCH_SIZE) continue
    yield batch
    batch = { users: [], outcome: emptyOutcome() }
  }
  if (batch.users.length + batch.outcome.refused.length > 0) yield batch
}

/** Why the vendor would refuse this user, and with it the whole batch; undefined when it would not. */
function invalidReason({ username, password, nickname }: NewUser): string | undefined {
  if (!isUsername(username)) return USERNAME_RULE
  if (password.length < 1 || password.length > 64) return 'the password must have 1 to 64 characters'
  return nickname !== undefined && nickname.length > 100
    ? 'the nickname is longer than 100 characters'
    : undefined
}
