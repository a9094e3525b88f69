import type { contract } from '@easemob-gateway/contracts'
import type { z } from 'zod'
import type { TtlCache } from '../cache/ttl-cache.ts'
import { type Profile, stranger } from '../users/profiles.ts'
import { withoutMarker } from './marker.ts'
import type { Group } from './reader.ts'
import { allowsInvites, memberIds } from './rules.ts'

type View = z.input<typeof contract.groups.get.output>[number]
type Summary = z.input<typeof contract.groups.list.output>
type Fields = Omit<Summary[number], 'affiliations'>

/** Makes the views of groups that callers receive. */
export interface GroupView {
  /** The URL of a group's picture; the empty string when there is none. */
  faceUrl(face: number): string
  /** Groups with their members as the vendor lists them. */
  summaries(groups: readonly Group[]): Summary
  /**
   * Groups with the profiles of their members, the owner first, then by id. The view of a cached group is cached with it,
   * and dropped with it.
   * @throws the database's error when profiles cannot be read; that is not cached
   */
  details(groups: readonly Group[]): Promise<View[]>
}

const isUserId = /^[1-9]\d{0,15}$/

/** @param fileUrlTemplate the URL of a picture, with `{id}` for its file id: `/api/v2/files/{id}` */
export function createGroupView(profiles: TtlCache<Profile>, fileUrlTemplate: string): GroupView {
  const views = new WeakMap<Group, Promise<View>>()
  const faceUrl = (face: number) => (face > 0 ? fileUrlTemplate.replaceAll('{id}', String(face)) : '')

  function fieldsOf(group: Group): Fields {
    return {
      id: group.id,
      name: group.name,
      description: group.description,
      membersonly: group.membersOnly,
      allowinvites: allowsInvites(group),
      maxusers: group.maxUsers,
      owner: group.owner ?? '',
      created: group.created ?? 0,
      custom: withoutMarker(group.custom),
      affiliations_count: group.affiliationsCount,
      public: group.public,
      group_face: faceUrl(group.local?.face ?? 0),
    }
  }

  async function assemble(group: Group): Promise<View> {
    const members = memberIds(group).filter(id => isUserId.test(id))
    const found = await Promise.all(members.map(id => profiles.read(id)))
    const affiliations = members
      .map((id, at) => {
        const isOwner: 0 | 1 = group.owner === id ? 1 : 0
        return Object.freeze({ ...(found[at] ?? stranger(id)), is_owner: isOwner })
      })
      .sort((a, b) => b.is_owner - a.is_owner || a.id - b.id)
    Object.freeze(affiliations)
    // Frozen, because many requests share one cached view.
    return Object.freeze({ ...fieldsOf(group), affiliations })
  }

  function makeView(group: Group): Promise<View> {
    const view = assemble(group)
    views.set(group, view)
    view.catch(() => views.delete(group))
    return view
  }

  return {
    faceUrl,
    summaries: groups => groups.map(group => ({ ...fieldsOf(group), affiliations: group.affiliations })),
    details: groups => Promise.all(groups.map(group => views.get(group) ?? makeView(group))),
  }
}
