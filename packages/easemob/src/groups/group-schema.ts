import { z } from 'zod'
import { asId, idSchema, isObject, isYes, listOf } from '../http/read.ts'
import type { Affiliation, EasemobGroup } from './types.ts'

const flag = z.unknown().optional().transform(isYes)
const maybeFlag = z
  .unknown()
  .optional()
  .transform(value => (value === undefined || value === null ? null : isYes(value)))
const text = z.string().catch('')
const maybeText = z.string().min(1).nullable().catch(null)
const count = z.coerce.number().int().nonnegative().catch(0)
const time = z.coerce.number().int().positive().nullable().catch(null)

/**
 * A group in an answer. Only the id is required: other fields differ by the age of the app. `affiliations` is read without zod, for it may have
 * 10,000 rows.
 */
const detailSchema = z.object({
  id: idSchema,
  name: text,
  description: text,
  public: flag,
  membersonly: flag,
  allowinvites: flag,
  invite_need_confirm: maybeFlag,
  maxusers: count,
  owner: idSchema.nullable().catch(null),
  created: time,
  custom: text,
  affiliations_count: count,
  mute: maybeFlag,
  disabled: maybeFlag,
  scale: maybeText,
  avatar: maybeText,
})

/** The groups in `data`. Entries without an id, with which the vendor answers unknown groups, are left out. */
export function readGroups(json: unknown): EasemobGroup[] | undefined {
  if (!isObject(json) || !Array.isArray(json['data'])) return undefined
  const groups: EasemobGroup[] = []
  for (const entry of listOf(json, 'data')) {
    const detail = detailSchema.safeParse(entry)
    if (detail.success) groups.push(toGroup(detail.data, readAffiliations(listOf(entry, 'affiliations'))))
  }
  return groups
}

function toGroup(detail: z.output<typeof detailSchema>, affiliations: Affiliation[]): EasemobGroup {
  const listed = affiliations.find(affiliation => 'owner' in affiliation)
  return {
    id: detail.id,
    name: detail.name,
    description: detail.description,
    public: detail.public,
    membersOnly: detail.membersonly,
    allowInvites: detail.allowinvites,
    inviteNeedConfirm: detail.invite_need_confirm,
    maxUsers: detail.maxusers,
    owner: detail.owner ?? listed?.owner ?? null,
    created: detail.created,
    custom: detail.custom,
    affiliationsCount: detail.affiliations_count || affiliations.length,
    affiliations,
    mute: detail.mute,
    disabled: detail.disabled,
    scale: detail.scale,
    avatar: detail.avatar,
  }
}

/** Reads rows of the shapes `{member}` and `{owner}`, and leaves out any other. */
export function readAffiliations(rows: readonly unknown[]): Affiliation[] {
  const affiliations: Affiliation[] = []
  for (const row of rows) {
    if (!isObject(row)) continue
    const member = asId(row['member'])
    const owner = asId(row['owner'])
    if (owner !== undefined) affiliations.push({ owner })
    else if (member !== undefined) affiliations.push({ member })
  }
  return affiliations
}
