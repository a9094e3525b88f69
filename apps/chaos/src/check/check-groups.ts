import type { GroupView } from '@easemob-gateway/emulator'
import { attempt } from '../load/attempt.ts'
import type { Scene } from '../load/scene.ts'
import type { TrackedGroup } from '../model/ledger.ts'

const idsPerCall = 100
/** Begins the marker of the groups that the gateway has created at the vendor. */
const marker = 'easemob-gateway:'

/**
 * Compares the vendor's groups with the gateway's and with the ledger. No request may be running.
 *
 * @param all true: all groups; false: those written since the last check
 */
export async function checkGroups(scene: Scene, all: boolean): Promise<void> {
  const { emulator, ledger, findings } = scene
  const atVendor = emulator.state.groups.list().filter(({ custom }) => custom.startsWith(marker))
  const faces = await knownFaces(scene, [
    ...new Set([...ledger.groups.keys(), ...atVendor.map(({ id }) => id)]),
  ])
  const byTag = Map.groupBy(atVendor, ({ description }) => description)

  for (const group of atVendor)
    findings.check('sides', faces.has(group.id), () => `${group.id} is at the vendor only`)
  for (const [tag, groups] of byTag) {
    const creation = ledger.creations.get(tag)
    findings.check('groupOnce', groups.length === 1, () => `${tag}: ${groups.map(({ id }) => id).join(', ')}`)
    findings.check('nothingElse', creation?.outcome !== 'refused', () => `${tag} was refused and is there`)
    const [found] = groups
    if (creation && found && creation.groupId === null) ledger.track(creation, found.id)
  }
  const vendors = new Map(atVendor.map(group => [group.id, group]))
  const looked = [...ledger.groups.values()].filter(({ touched }) => all || touched)
  for (const group of looked)
    checkGroup(scene, group, vendors.get(group.id) ?? null, faces.get(group.id) ?? null)
  const there = looked.flatMap(({ id }) => (faces.has(id) ? (vendors.get(id) ?? []) : []))
  await checkShown(scene, there)
}

/** Checks that the gateway's views of groups show the vendor's data and the picture of the local row. */
async function checkShown(
  { clients, ledger, findings }: Scene,
  vendors: readonly GroupView[],
): Promise<void> {
  for (let at = 0; at < vendors.length; at += idsPerCall) {
    const some = new Map(vendors.slice(at, at + idsPerCall).map(group => [group.id, group]))
    const answered = await attempt(ledger, clients.admin.groups.list.query({ im_group_id: [...some.keys()] }))
    // The vendor may have faults; the last check runs without them.
    if (answered.kind !== 'acknowledged') continue
    for (const { id, owner, group_face } of answered.value) {
      const face = ledger.groups.get(id)?.face.allowed()[0]
      const shown = face === 0 ? '' : `/${face}`
      const holds = owner === some.get(id)?.owner && (shown ? group_face.endsWith(shown) : group_face === '')
      findings.check('ownerAndFace', holds, () => `${id}: shown with owner ${owner} and face ${group_face}`)
    }
  }
}

function checkGroup(
  { findings }: Scene,
  group: TrackedGroup,
  vendor: GroupView | null,
  face: number | null,
): void {
  const { id, exists, owner, name, members } = group
  findings.check('sides', (vendor === null) === (face === null), () =>
    vendor === null ? `${id} is here only` : `${id} is at the vendor only`,
  )
  findings.check('acknowledged', exists.allows(vendor !== null), () =>
    vendor === null ? `${id} is lost` : `${id} was deleted and is there`,
  )
  exists.reset(vendor !== null)
  group.touched = false
  if (vendor === null || face === null) return
  const said = (what: string, found: unknown, allowed: readonly unknown[]) => () =>
    `${id}: ${what} is ${found}, not ${allowed.join(' or ')}`
  findings.check('ownerAndFace', owner.allows(vendor.owner), said('owner', vendor.owner, owner.allowed()))
  findings.check('ownerAndFace', group.face.allows(face), said('face', face, group.face.allowed()))
  findings.check('acknowledged', name.allows(vendor.name), said('name', vendor.name, name.allowed()))
  const present = new Set(vendor.members)
  for (const [member, register] of members) {
    const is = present.has(member)
    findings.check('acknowledged', register.allows(is), () => `${id}: ${member} is ${is ? 'in' : 'missing'}`)
    register.reset(is)
  }
  for (const member of present)
    findings.check('nothingElse', members.has(member), () => `${id}: nobody added ${member}`)
  owner.reset(vendor.owner)
  group.face.reset(face)
  name.reset(vendor.name)
}

/** The pictures of the groups that have a local row. */
async function knownFaces({ clients }: Scene, ids: readonly string[]): Promise<Map<string, number>> {
  const faces = new Map<string, number>()
  for (let at = 0; at < ids.length; at += idsPerCall) {
    const found = await clients.admin.groups.faces.query({ im_group_id: ids.slice(at, at + idsPerCall) })
    for (const { im_group_id, group_face } of found) faces.set(im_group_id, group_face)
  }
  return faces
}
