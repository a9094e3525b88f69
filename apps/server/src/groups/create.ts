import { createHash, randomInt, randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type Contract, GatewayError, type Handler } from '@easemob-gateway/contracts'
import { and, eq, gt, lt, sql } from 'drizzle-orm'
import { z } from 'zod'
import { registerAll } from '../accounts/registration.ts'
import { schema } from '../db/connect.ts'
import type { Context, Grants } from '../request.ts'
import { findPeople } from '../users/people.ts'
import { groupSubject } from './writes/create.ts'

const { idempotency } = schema
const operation = 'groups.create'
const waitForFirstMs = 10_000
const answer = z.object({ im_group_id: z.string() })
type Answer = z.infer<typeof answer>
type Create = Handler<Contract['groups']['create'], Context, Grants>
type Call = Parameters<Create>[0]

/** A new group of the caller; with an idempotency key, the same group for every repeat. */
export const createGroup: Create = async call => {
  const { idempotency_key, ...body } = call.input
  if (!call.actor.known) return call.fail('USER_NOT_FOUND', { values: { users: call.actor.id } })
  const repeat = idempotency_key === undefined ? null : keyOf(call, idempotency_key, body)
  const earlier = repeat && (await earlierAnswer(call, repeat))
  if (earlier) return earlier

  const members = body.members.filter(id => id !== call.actor.id)
  if (members.length > body.maxusers - 1)
    return call.fail('VALIDATION_FAILED', {
      fields: { members: [`at most ${body.maxusers - 1}: maxusers less the owner`] },
    })
  const people = await findPeople(call, members)
  const known = new Set(people.map(({ id }) => id))
  const unknown = members.filter(id => !known.has(id))
  if (unknown.length > 0) return call.fail('MEMBERS_NOT_FOUND', { values: { users: unknown.join(', ') } })
  const { id, account } = call.actor
  await registerAll(call, [{ id, registered: account?.state === 'registered' }, ...people])

  const groupId = newGroupId()
  const write = {
    kind: call.jobs.kinds.createGroup,
    subject: groupSubject(groupId),
    payload: {
      groupId,
      marker: randomUUID(),
      owner: call.actor.id,
      ownerName: call.actor.name,
      name: body.groupname,
      description: body.desc,
      public: body.public,
      maxUsers: body.maxusers,
      membersOnly: body.members_only,
      allowInvites: body.allowinvites,
      members,
      idempotency: repeat && { actor: repeat.actor, operation, key: repeat.key },
    },
  }
  if (!repeat) return answerOf(await call.jobs.intents.run(write))
  try {
    return answerOf(
      await call.jobs.intents.run({
        ...write,
        // The key is claimed together with the intent, so a crash leaves both or neither.
        async alongside(tx) {
          const claimed = await tx
            .insert(idempotency)
            .values(repeat)
            .onConflictDoUpdate({
              target: [idempotency.actor, idempotency.operation, idempotency.key],
              set: { bodyHash: repeat.bodyHash, answer: null, createdAt: sql`now()` },
              setWhere: lt(idempotency.createdAt, sql`now() - interval '24 hours'`),
            })
            .returning({ key: idempotency.key })
          if (claimed.length === 0) throw new Claimed()
        },
      }),
    )
  } catch (error) {
    if (!(error instanceof Claimed)) throw error
    return (
      (await earlierAnswer(call, repeat)) ??
      call.fail('CONFLICT', { values: { why: 'the first request was refused meanwhile, try again' } })
    )
  }
}

/** Another request has the key. */
class Claimed extends Error {}

interface Repeat {
  readonly actor: string
  readonly operation: string
  readonly key: string
  readonly bodyHash: string
}

function keyOf({ actor }: Call, key: string, body: object): Repeat {
  const bodyHash = createHash('sha256').update(JSON.stringify(body)).digest('hex')
  return { actor: actor.id, operation, key, bodyHash }
}

/** The answer of an earlier request with this key, waiting for one that is at work; null when there was none. */
async function earlierAnswer({ database, caller }: Call, repeat: Repeat): Promise<Answer | null> {
  const until = Date.now() + waitForFirstMs
  for (;;) {
    const [row] = await database.orm
      .select({ bodyHash: idempotency.bodyHash, answer: idempotency.answer })
      .from(idempotency)
      .where(
        and(
          eq(idempotency.actor, repeat.actor),
          eq(idempotency.operation, operation),
          eq(idempotency.key, repeat.key),
          gt(idempotency.createdAt, sql`now() - interval '24 hours'`),
        ),
      )
    if (!row) return null
    if (row.bodyHash !== repeat.bodyHash)
      throw conflict('the Idempotency-Key was used with another body, take a new one')
    if (row.answer !== null) return answer.parse(row.answer)
    if (Date.now() > until || caller.signal.aborted)
      throw conflict('the first request with this Idempotency-Key is still at work')
    await delay(50)
  }
}

const conflict = (why: string) => new GatewayError('CONFLICT', { values: { why } })

function answerOf(ended: { result: { groupId: string } } | null): Answer {
  if (!ended) throw new Error('A creation always has something to do')
  return { im_group_id: ended.result.groupId }
}

/** 16 digits, never seen before but by a chance of one in 10^16 per group. */
function newGroupId(): string {
  return `${randomInt(10_000_000, 100_000_000)}${String(randomInt(100_000_000)).padStart(8, '0')}`
}
