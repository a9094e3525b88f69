import type { contract } from '@easemob-gateway/contracts'
import type { EasemobGroup } from '@easemob-gateway/easemob'
import type { z } from 'zod'
import { memberIds } from '../access/group-rules.ts'
import type { Services } from '../context.ts'
import { arrayLiteral } from '../db/array-literal.ts'
import { markerPrefix } from '../jobs/group-intents.ts'
import { type Profile, readProfiles, stranger } from './member-profiles.ts'

type View = z.input<typeof contract.groups.get.output>[number]
type Summary = z.input<typeof contract.groups.list.output>
type Facts = Omit<Summary[number], 'affiliations'>

/** What we keep of groups beside the vendor. */
export type OwnFacts = ReadonlyMap<string, { readonly face: number; readonly allowInvites: boolean | null }>

const isUserId = /^[1-9]\d{0,15}$/

const ownStatement = `
  select id, face::float8 as face, allow_invites from groups where id = any($1::text[])`

/** Our own rows of groups, by id; groups made elsewhere and never changed here have none. */
export async function ownFacts({ database }: Services, ids: readonly string[]): Promise<OwnFacts> {
  const rows = await database.prepared(ownStatement, [arrayLiteral(ids)])
  return new Map(
    rows.map(({ id, face, allow_invites: allowInvites }) => [
      String(id),
      { face: Number(face), allowInvites: typeof allowInvites === 'boolean' ? allowInvites : null },
    ]),
  )
}

/** The URL of a face, or the empty string where there is none. */
export function faceUrl({ env }: Pick<Services, 'env'>, face: number): string {
  return face > 0 ? env.fileUrlTemplate.replaceAll('{id}', String(face)) : ''
}

/** Groups as the vendor lists their members. */
export async function summaries(services: Services, groups: readonly EasemobGroup[]): Promise<Summary> {
  const own = await ownFacts(
    services,
    groups.map(({ id }) => id),
  )
  return groups.map(group => ({ ...factsOf(services, group, own), affiliations: group.affiliations }))
}

const views = new WeakMap<EasemobGroup, Promise<View>>()

/**
 * Groups with the profiles of their members, the owner first, then by id. A view is made once for each reading of a
 * group: where the reading is kept, so is its view, and both are forgotten together.
 */
export function details(services: Services, groups: readonly EasemobGroup[]): Promise<View[]> {
  const missing = groups.filter(group => !views.has(group))
  if (missing.length > 0) {
    const facts = readFacts(services, missing)
    for (const group of missing) {
      const view = facts.then(([own, profiles]) => viewOf(services, group, own, profiles))
      views.set(group, view)
      view.catch(() => views.delete(group))
    }
  }
  return Promise.all(groups.flatMap(group => views.get(group) ?? []))
}

function readFacts(services: Services, groups: readonly EasemobGroup[]) {
  const ids = groups.map(({ id }) => id)
  const everyone = [...new Set(groups.flatMap(memberIds))].filter(id => isUserId.test(id))
  return Promise.all([ownFacts(services, ids), readProfiles(services, everyone)])
}

function viewOf(
  services: Services,
  group: EasemobGroup,
  own: OwnFacts,
  profiles: ReadonlyMap<string, Profile>,
): View {
  const affiliations = memberIds(group)
    .filter(id => isUserId.test(id))
    .map(id => {
      const isOwner: 0 | 1 = group.owner === id ? 1 : 0
      return Object.freeze({ ...(profiles.get(id) ?? stranger(id)), is_owner: isOwner })
    })
    .sort((a, b) => b.is_owner - a.is_owner || a.id - b.id)
  Object.freeze(affiliations)
  // Many callers are given the same one.
  return Object.freeze({ ...factsOf(services, group, own), affiliations })
}

function factsOf(services: Services, group: EasemobGroup, own: OwnFacts): Facts {
  const ours = own.get(group.id)
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    membersonly: group.membersOnly,
    allowinvites: ours?.allowInvites ?? group.allowInvites,
    maxusers: group.maxUsers,
    owner: group.owner ?? '',
    created: group.created ?? 0,
    custom: group.custom.startsWith(markerPrefix) ? '' : group.custom,
    affiliations_count: group.affiliationsCount,
    public: group.public,
    group_face: faceUrl(services, ours?.face ?? 0),
  }
}
