import { randomUUID } from 'node:crypto'
import { type Creation, close, type TrackedGroup } from '../model/ledger.ts'
import type { Register } from '../model/register.ts'
import { attempt } from './attempt.ts'
import type { Scene } from './scene.ts'

const smallGroup = 5

/** Creates a group, half of the times with an Idempotency-Key. */
export async function createGroup(scene: Scene): Promise<void> {
  const { ledger, random } = scene
  const owner = random.pick(ledger.people)
  const members = scene.somePeople(4).filter(id => id !== owner)
  const tag = `tag-${randomUUID()}`
  const creation: Creation = {
    tag,
    owner,
    members,
    name: `群 ${tag.slice(4, 12)}`,
    maxUsers: random.chance(0.3) ? smallGroup : 200,
    key: random.chance(0.5) ? `key-${tag}` : null,
    outcome: 'unknown',
    groupId: null,
  }
  ledger.creations.set(tag, creation)
  await requestGroup(scene, creation)
}

/** Repeats a creation, as a client does after a lost answer. */
export async function repeatCreation(scene: Scene): Promise<void> {
  const open = [...scene.ledger.creations.values()].slice(-200).filter(({ key }) => key !== null)
  if (open.length > 0) await requestGroup(scene, scene.random.pick(open))
}

async function requestGroup({ clients, ledger, findings }: Scene, creation: Creation): Promise<void> {
  const { tag, owner, members, name, maxUsers, key } = creation
  const answered = await attempt(
    ledger,
    clients.as(owner).groups.create.mutate({
      groupname: name,
      desc: tag,
      members: [...members],
      maxusers: maxUsers,
      ...(key === null ? {} : { idempotency_key: key }),
    }),
  )
  if (answered.kind === 'acknowledged') {
    const id = answered.value.im_group_id
    findings.check(
      'groupOnce',
      creation.groupId === null || creation.groupId === id,
      () => `${tag} got ${id}, too`,
    )
    creation.outcome = 'acknowledged'
    ledger.track(creation, id)
  } else if (answered.kind === 'refused' && key === null) creation.outcome = 'refused'
}

/** Changes name, picture and sometimes the owner of a group, as an administrator. */
export async function updateGroup(scene: Scene): Promise<void> {
  const { ledger, random, clients } = scene
  const group = scene.someGroup()
  if (!group) return
  const face = random.int(1, 1_000_000)
  const name = `名 ${face}`
  const newOwner = random.chance(0.4) ? random.pick([...group.members.keys()]) : null
  const writes: Closer[] = [write(group.face, face), write(group.name, name)]
  if (newOwner !== null) writes.push(write(group.owner, newOwner))
  const outcome = await attempt(
    ledger,
    clients.admin.groups.update.mutate({
      im_group_id: group.id,
      groupname: name,
      desc: group.tag,
      group_face: face,
      ...(newOwner === null ? {} : { new_owner_user: newOwner }),
    }),
  )
  for (const end of writes) end(outcome)
  if (outcome.kind !== 'refused')
    ledger.expectNotice(group, 'ts_group_change', outcome.kind === 'acknowledged')
  group.touched = true
}

export async function addMembers(scene: Scene): Promise<void> {
  const group = scene.someGroup()
  if (group) await changeMembers(scene, group, scene.somePeople(3), true)
}

export async function removeMembers(scene: Scene): Promise<void> {
  const group = scene.someGroup()
  if (group) await changeMembers(scene, group, scene.random.some([...group.members.keys()], 2), false)
}

async function changeMembers(scene: Scene, group: TrackedGroup, ids: readonly string[], joining: boolean) {
  const { ledger, clients } = scene
  if (ids.length === 0) return
  const changes = ids.map(id => {
    const register = ledger.member(group, id)
    const changed = register.allowed().every(present => present !== joining)
    return { register, write: register.begin(joining), changed }
  })
  const request = { im_group_id: group.id, members: [...ids] }
  const { addMembers, removeMembers } = clients.admin.groups
  const outcome = await attempt(ledger, joining ? addMembers.mutate(request) : removeMembers.mutate(request))
  for (const { register, write } of changes) close(register, write, outcome)
  // There is no notice for those who were members already, or no longer.
  const certain =
    outcome.kind === 'acknowledged' &&
    changes.some(({ register, write, changed }) => changed && register.ranAlone(write))
  if (outcome.kind !== 'refused')
    ledger.expectNotice(group, joining ? 'ts_user_join' : 'ts_user_exit', certain)
  group.touched = true
}

export async function deleteGroup(scene: Scene): Promise<void> {
  const group = scene.someGroup()
  if (!group) return
  const end = write(group.exists, false)
  end(await attempt(scene.ledger, scene.clients.admin.groups.delete.mutate({ im_group_id: group.id })))
  group.touched = true
}

type Closer = (outcome: Parameters<typeof close>[2]) => void

function write<T>(register: Register<T>, value: T): Closer {
  const begun = register.begin(value)
  return outcome => close(register, begun, outcome)
}
