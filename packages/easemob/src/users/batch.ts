import type { CreatedMany, NewUser } from './types.ts'

/** The vendor's most in one registration call. */
export const BATCH_SIZE = 60

export function emptyOutcome(): CreatedMany {
  return { created: [], existing: [], refused: [], lost: [] }
}

/** Adds one outcome to another. Lists may be long: no spreading of arguments. */
export function addOutcome(total: CreatedMany, part: CreatedMany): void {
  for (const name of part.created) total.created.push(name)
  for (const name of part.existing) total.existing.push(name)
  for (const refusal of part.refused) total.refused.push(refusal)
  for (const loss of part.lost) total.lost.push(loss)
}

/** A batch ready to send, and the users that will not be sent at all. */
export type Batch = { users: NewUser[]; outcome: CreatedMany }

/** Cuts the input into batches; a second user of one name, and names the vendor cannot take, stay behind. */
export async function* batches(
  users: Iterable<NewUser> | AsyncIterable<NewUser>,
): AsyncGenerator<Batch, void, undefined> {
  const seen = new Set<string>()
  let batch: Batch = { users: [], outcome: emptyOutcome() }
  for await (const user of users) {
    const folded = user.username.toLowerCase()
    const reason = seen.has(folded) ? 'the name stands more than once in the list' : unusable(user)
    seen.add(folded)
    if (reason === undefined) batch.users.push(user)
    else batch.outcome.refused.push({ username: user.username, reason, code: 'invalid' })
    if (batch.users.length + batch.outcome.refused.length < BATCH_SIZE) continue
    yield batch
    batch = { users: [], outcome: emptyOutcome() }
  }
  if (batch.users.length + batch.outcome.refused.length > 0) yield batch
}

/** What would make the vendor refuse a whole batch because of one user. */
function unusable({ username, password, nickname }: NewUser): string | undefined {
  if (!/^[A-Za-z0-9_.-]{1,64}$/.test(username)) return 'the username must be 1 to 64 of a-z 0-9 _ - .'
  if (password.length < 1 || password.length > 64) return 'the password must have 1 to 64 characters'
  return nickname !== undefined && nickname.length > 100
    ? 'the nickname is longer than 100 characters'
    : undefined
}
