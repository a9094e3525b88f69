import type { contract } from '@easemob-gateway/contracts'
import type { z } from 'zod'
import type { Services } from '../request.ts'
import { stranger } from '../users/profiles.ts'
import type { Group } from './reader.ts'
import { memberIds } from './rules.ts'
import { markerPrefix } from './writes/create.ts'

type View = z.input<typeof contract.groups.get.output>[number]
type Summary = z.input<typeof contract.groups.list.output>
type Facts = Omit<Summary[number], 'affiliations'>

const isUserId = /^[1-9]\d{0,15}$/

/** The URL of a face, or the empty string where there is none. */
export function faceUrl({ env }: Pick<Services, 'env'>, face: number): string {
  return face > 0 ? env.fileUrlTemplate.replaceAll('{id}', String(face)) : ''
}

/** Groups as the vendor lists their members. */
export function summaries(services: Services, groups: readonly Group[]): Summary {
  return groups.map(group => ({ ...factsOf(services, group), affiliations: group.affiliations }))
}

const views = new WeakMap<Group, Promise<View>>()

/**
 * Groups with the profiles of their members, the owner first, then by id. A view is made once for each reading of a
 * group: where the reading is kept, so is its view, and both are forgotten together.
 */
export function details(services: Services, groups: readonly Group[]): Promise<View[]> {
  return Promise.all(groups.map(group => views.get(group) ?? makeView(services, group)))
}

function makeView(services: Services, group: Group): Promise<View> {
  const view = assemble(services, group)
  views.set(group, view)
  view.catch(() => views.delete(group))
  return view
}

async function assemble(services: Services, group: Group): Promise<View> {
  const members = memberIds(group).filter(id => isUserId.test(id))
  const profiles = await Promise.all(members.map(id => services.profiles.read(id, false)))
  const affiliations = members
    .map((id, at) => {
      const isOwner: 0 | 1 = group.owner === id ? 1 : 0
      return Object.freeze({ ...(profiles[at] ?? stranger(id)), is_owner: isOwner })
    })
    .sort((a, b) => b.is_owner - a.is_owner || a.id - b.id)
  Object.freeze(affiliations)
  // Many callers are given the same one.
  return Object.freeze({ ...factsOf(services, group), affiliations })
}

function factsOf(services: Services, group: Group): Facts {
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    membersonly: group.membersOnly,
    allowinvites: group.own?.allowInvites ?? group.allowInvites,
    maxusers: group.maxUsers,
    owner: group.owner ?? '',
    created: group.created ?? 0,
    custom: group.custom.startsWith(markerPrefix) ? '' : group.custom,
    affiliations_count: group.affiliationsCount,
    public: group.public,
    group_face: faceUrl(services, group.own?.face ?? 0),
  }
}
