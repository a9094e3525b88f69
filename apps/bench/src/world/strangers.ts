import postgres from 'postgres'

/** Inserts users without accounts, ids 1 to `count`, into a migrated database. */
export async function fillStrangers(url: string, count: number): Promise<void> {
  const client = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await client`insert into users (id, name) select id, 'name of ' || id from generate_series(1, ${count}::int) as p (id)`
    await client`vacuum analyze`
  } finally {
    await client.end()
  }
}
