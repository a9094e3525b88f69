import { z } from 'zod'

const answer = z.object({
  data: z.tuple([
    z.object({
      id: z.string(),
      name: z.string(),
      description: z.string(),
      membersonly: z.boolean(),
      allowinvites: z.boolean(),
      maxusers: z.number(),
      owner: z.string(),
      created: z.number(),
      custom: z.string(),
      affiliations_count: z.number(),
      affiliations: z.array(z.object({ owner: z.string().optional(), member: z.string().optional() })),
      public: z.boolean(),
    }),
  ]),
})

type Rows = Record<string, unknown>[]

/** Makes the answer of `GET group` from the vendor's answer and the profiles that `read` returns. */
export async function viewOf(
  body: unknown,
  read: (ids: string[]) => Promise<[own: Rows, profiles: Rows]>,
): Promise<unknown[]> {
  const { affiliations, ...group } = answer.parse(body).data[0]
  const ids = affiliations.map(({ owner, member }) => owner ?? member ?? '')
  const [[own], rows] = await read(ids)
  const byId = new Map(rows.map(row => [String(row['id']), row]))
  return [
    {
      ...{ id: group.id, name: group.name, description: group.description, membersonly: group.membersonly },
      ...{ allowinvites: own?.['allow_invites'] ?? group.allowinvites, maxusers: group.maxusers },
      ...{ owner: group.owner, created: group.created, custom: group.custom },
      ...{ affiliations_count: group.affiliations_count, public: group.public, group_face: '' },
      affiliations: ids
        .map(id => byId.get(id))
        .filter(row => row !== undefined)
        .map(row => ({
          ...{ id: Number(row['id']), name: row['name'], bio: row['bio'], sex: row['sex'] },
          ...{ location: row['location'], created_at: timeOf(row['created_at']) },
          ...{ updated_at: timeOf(row['updated_at']), is_owner: row['id'] === group.owner ? 1 : 0 },
          ...{ avatar: row['avatar'], bg: row['bg'], verified: row['verified'], extra: row['extra'] },
          certification: row['certification'],
        }))
        .sort((a, b) => b.is_owner - a.is_owner || a.id - b.id),
    },
  ]
}

const timeOf = (at: unknown) => (at instanceof Date ? at.toISOString().slice(0, 19).replace('T', ' ') : null)
