import { randomInt, randomUUID } from 'node:crypto'
import { keyedRequest } from './idempotency.ts'
import type { GroupHandler, GroupServices } from './services.ts'
import { groupSubject } from './subject.ts'

const operation = 'groups.create'

/** Creates a group that the actor owns; with an idempotency key, every repeated request answers the same group. */
export function createGroup(services: GroupServices): GroupHandler<'create'> {
  const { people, registration, idempotency, writes } = services
  return async call => {
    const { idempotency_key: key, ...body } = call.input
    const { actor } = call
    if (!actor.known) return call.fail('USER_NOT_FOUND', { values: { users: actor.id } })
    const keyed = key === undefined ? null : keyedRequest(actor.id, operation, key, body)
    const earlierAnswer = async () =>
      keyed && (await idempotency.earlierAnswer(keyed, call.cancellation.signal))
    const earlier = await earlierAnswer()
    if (earlier) return earlier

    const members = body.members.filter(id => id !== actor.id)
    if (members.length > body.maxusers - 1)
      return call.fail('VALIDATION_FAILED', {
        fields: { members: [`at most ${body.maxusers - 1}: maxusers less the owner`] },
      })
    const found = await people.find(members)
    const known = new Set(found.map(({ id }) => id))
    const unknown = members.filter(id => !known.has(id))
    if (unknown.length > 0) return call.fail('MEMBERS_NOT_FOUND', { values: { users: unknown.join(', ') } })
    const owner = { id: actor.id, registered: actor.account?.state === 'registered' }
    await registration.registerAll([owner, ...found])

    const groupId = newGroupId()
    const request = {
      subject: groupSubject(groupId),
      payload: {
        groupId,
        marker: randomUUID(),
        owner: actor.id,
        ownerName: actor.name,
        name: body.groupname,
        description: body.desc,
        public: body.public,
        maxUsers: body.maxusers,
        membersOnly: body.members_only,
        allowInvites: body.allowinvites,
        members,
        idempotency: keyed && { actor: keyed.actor, operation, key: keyed.key },
      },
    }
    if (!keyed) return answerOf(await writes.createGroup.run(request))
    try {
      return answerOf(
        await writes.createGroup.run({
          ...request,
          // One transaction, so that a crash leaves both the key's claim and the intent, or neither.
          async inSameTransaction(tx) {
            if (!(await idempotency.claim(tx, keyed))) throw new KeyIsTaken()
          },
        }),
      )
    } catch (error) {
      if (!(error instanceof KeyIsTaken)) throw error
      return (
        (await earlierAnswer()) ??
        call.fail('CONFLICT', { values: { why: 'the first request was refused meanwhile, try again' } })
      )
    }
  }
}

/** Another request has claimed the key. */
class KeyIsTaken extends Error {}

function answerOf(ended: { result: { groupId: string } } | null): { im_group_id: string } {
  if (!ended) throw new Error('A creation always has something to do')
  return { im_group_id: ended.result.groupId }
}

/** 16 random digits; the vendor refuses an id that is in use. */
function newGroupId(): string {
  return `${randomInt(10_000_000, 100_000_000)}${String(randomInt(100_000_000)).padStart(8, '0')}`
}
