import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Store } from './store/store.ts'

const seedUser = z.strictObject({
  username: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,64}$/)
    .transform(name => name.toLowerCase()),
  password: z.string().min(1).max(64),
  nickname: z.string().max(100).optional(),
})

const name = z.string().transform(text => text.toLowerCase())

const seedGroup = z.strictObject({
  groupid: z
    .string()
    .regex(/^[1-9][0-9]{1,17}$/)
    .optional(),
  groupname: z.string().max(128).default(''),
  description: z.string().max(512).default(''),
  public: z.boolean().default(true),
  membersonly: z.boolean().default(false),
  allowinvites: z.boolean().default(false),
  maxusers: z.int().min(1).default(200),
  custom: z.string().default(''),
  owner: name,
  members: z.array(name).default([]),
})

/** Users and groups to start with, under the vendor's field names. */
export const seedSchema = z.strictObject({
  users: z.array(seedUser).default([]),
  groups: z.array(seedGroup).default([]),
})
/**
 * The users and groups that an emulator starts with, as in a seed file.
 * @example const seed: SeedInput = { users: [{ username: '1', password: 'p' }], groups: [{ groupid: '77', owner: '1' }] }
 */
export type SeedInput = z.input<typeof seedSchema>
type Seed = z.output<typeof seedSchema>

/** Reads a seed file. Throws an error that names the file and every mistake in it. */
export function readSeed(source: string | Seed): Seed {
  if (typeof source !== 'string') return source
  let content: unknown
  try {
    content = JSON.parse(readFileSync(source, 'utf8'))
  } catch (error) {
    throw new Error(
      `seed file ${source} cannot be read as JSON: ${error instanceof Error ? error.message : error}`,
    )
  }
  const parsed = seedSchema.safeParse(content)
  if (!parsed.success) throw new Error(`seed file ${source} refused: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/** Adds the seed's users and groups that do not exist yet. Groups are compared by id or, without one, by name and owner. */
export function applySeed(store: Store, seed: Seed): void {
  const { state } = store
  const at = store.now()
  for (const { username, password, nickname } of seed.users) {
    if (state.users.get(username) !== undefined) continue
    const seq = state.nextSeq()
    const user = { seq, name: username, password, created: at, modified: at, active: true, nickname }
    store.commit({ op: 'user.put', user })
  }
  for (const group of seed.groups) addGroup(store, group, at)
}

function addGroup(store: Store, seed: Seed['groups'][number], at: number): void {
  const { state } = store
  const { groupid, groupname, owner, members, ...fields } = seed
  const names = [...new Set([owner, ...members])]
  const missing = names.find(person => state.users.get(person) === undefined)
  if (missing !== undefined)
    throw new Error(`seed: group ${groupname} names ${missing}, who is not among its users`)
  const present = state.groups
    .joinedBy(owner)
    .some(({ record }) => record.owner === owner && record.name === groupname)
  if (groupid === undefined ? present : state.groups.get(groupid) !== undefined) return
  const id = groupid ?? state.groupIds.next(at)
  const group = {
    ...{ ...fields, id, seq: state.nextSeq(), name: groupname, owner, created: at, modified: at },
    ...{ inviteNeedConfirm: true, mute: false, disabled: false, announcement: '' },
    scale: 'normal' as const,
  }
  store.commit({ op: 'group.put', group })
  store.commit({ op: 'members.add', id, names, at })
}
