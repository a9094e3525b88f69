import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../db/database.ts'
import type { Services } from './services.ts'

/** The id of the group in Easemob's API documentation, which the seed contains. */
export const seedGroupId = '36036128342017'

const people = [
  { id: '1', name: 'root', createdAt: '2017-12-17T14:34:13Z', updatedAt: '2017-12-17T14:34:13Z' },
  { id: '2', name: 'well', createdAt: '2017-12-18T07:30:39Z', updatedAt: '2017-12-18T07:30:39Z' },
  { id: '4', name: '上档次', createdAt: '2017-12-19T02:36:00Z', updatedAt: '2017-12-19T06:14:12Z' },
  { id: '5', name: '明夜', createdAt: '2017-12-19T02:41:59Z', updatedAt: '2017-12-19T06:24:25Z' },
  { id: '7', name: '红玫王', createdAt: '2017-12-19T05:31:08Z', updatedAt: '2017-12-19T05:46:01Z' },
]

/**
 * Fills an empty embedded database and its emulator with five users and their group. Idempotent: the next start completes
 * a seed that was interrupted.
 */
export async function seed({ database, vendor, work }: Services): Promise<void> {
  const { users, groups } = schema
  const [found] = await database.rows(z.object({ n: z.int() }), sql`select count(*)::int as n from groups`)
  if (!found || found.n > 0) return
  const rows = people.map(({ createdAt, updatedAt, ...person }) => ({
    ...person,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  }))
  await database.orm.insert(users).values(rows).onConflictDoNothing()
  await work.registration.register(people.map(({ id }) => id))
  const [existing] = await vendor.groups.get([seedGroupId])
  if (!existing)
    await vendor.groups.create({
      groupId: seedGroupId,
      name: '花儿巷',
      description: '来自花儿巷的朋友',
      public: true,
      maxUsers: 300,
      membersOnly: false,
      owner: '1',
      members: ['2', '4', '5', '7'],
    })
  await database.orm.insert(groups).values({ id: seedGroupId, allowInvites: true }).onConflictDoNothing()
}
