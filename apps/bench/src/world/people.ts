import postgres from 'postgres'
import { createKeyring } from '../../../server/src/accounts/keyring.ts'

const batch = 5000

/**
 * Inserts users with accounts, ids 1 to `count`, into a migrated database by SQL, since they are no part of the
 * measurement.
 */
export async function fillPeople(url: string, key: string, count: number): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  const keyring = createKeyring([Buffer.from(key, 'base64')])
  try {
    for (let from = 1; from <= count; from += batch) {
      const ids = Array.from({ length: Math.min(batch, count - from + 1) }, (_, i) => String(from + i))
      const passwords = ids.map(id => keyring.encrypt(passwordOf(id), id))
      await client`
        insert into users (id, name, bio, location, avatar)
        select id, 'name of ' || id, 'a few words about ' || id, '四川省 巴中市', '/storage/avatars/' || id || '.png'
        from unnest(${ids}::bigint[]) as p (id)`
      await client`
        insert into accounts (user_id, state, password)
        select id, 'registered', password from unnest(${ids}::bigint[], ${passwords}::text[]) as p (id, password)`
    }
    await client`vacuum analyze`
  } finally {
    await client.end()
  }
}

/** The IM password of a user of {@link fillPeople}. */
export const passwordOf = (id: string): string => id.padStart(32, '0')
