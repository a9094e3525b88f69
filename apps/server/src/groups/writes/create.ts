import { setTimeout as delay } from 'node:timers/promises'
import { GatewayError } from '@easemob-gateway/contracts'
import { type Easemob, EasemobError, OutcomeUnknown } from '@easemob-gateway/easemob'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../../db/database.ts'
import type { DurableWrite } from '../../durable/durable-write.ts'
import {
  afterDoubt,
  asUnknown,
  inDoubt,
  isFinal,
  isThereAlready,
  mayHaveHappened,
} from '../../vendor/outcome.ts'
import { withMarker } from '../marker.ts'
import { groupCreated } from '../notice-texts.ts'
import type { Notices } from '../notices.ts'

const { groups, idempotency } = schema

const maxCalls = 3
const longestPauseMs = 1500

const idempotencyKey = z.object({ actor: z.string(), operation: z.string(), key: z.string() })

const newGroup = z.object({
  groupId: z.string(),
  marker: z.string(),
  owner: z.string(),
  ownerName: z.string(),
  name: z.string(),
  description: z.string(),
  public: z.boolean(),
  maxUsers: z.int(),
  membersOnly: z.boolean(),
  allowInvites: z.boolean(),
  members: z.array(z.string()),
  idempotency: idempotencyKey.nullable(),
})
/** The payload of {@link createGroup}, as it is stored. */
export type NewGroup = z.infer<typeof newGroup>

/**
 * Creates a group with an id that we choose and a marker in `custom`; both are committed before the vendor is called.
 *
 * - A crash before the call, or a call that never arrived: recovery finds neither id nor marker and creates the group.
 * - A crash after the call, or a lost answer: recovery finds the group by its id, or by its marker among the owner's
 *   newest groups when the vendor chose another id, and completes the intent.
 * - The call arrives late, after recovery has created the group: the vendor refuses a second group with the same id.
 * - The vendor refuses: the intent is deleted, and there is no group.
 */
export function createGroup(
  notices: Notices,
  forgetGroup: (groupId: string) => void,
): DurableWrite<Easemob, NewGroup, { groupId: string }> {
  return {
    name: 'group.create',
    payload: newGroup,
    async perform(vendor, intent, { first }) {
      const found = first ? null : await find(vendor, intent)
      if (found) return { groupId: found }
      let doubt = !first
      for (let left = maxCalls - 1; ; left--) {
        try {
          return await createOrFind(vendor, intent)
        } catch (error) {
          if (isFinal(error)) throw doubt ? afterDoubt(error) : error
          // Repeating the call is safe, since the vendor refuses a second group with the same id.
          doubt ||= error instanceof OutcomeUnknown
          if (left === 0) throw doubt ? inDoubt(error) : notMade(error)
          if (!(error instanceof OutcomeUnknown)) await delay(pauseMs(error))
        }
      }
    },
    async findOut(vendor, intent) {
      const groupId = await find(vendor, intent)
      return groupId === null ? null : { result: { groupId } }
    },
    async complete(tx, intent, { groupId }) {
      await Promise.all([
        tx.insert(groups).values({ id: groupId, allowInvites: intent.allowInvites }).onConflictDoNothing(),
        notices.send(tx, [groupCreated(groupId, intent.ownerName)]),
        intent.idempotency &&
          tx
            .update(idempotency)
            .set({ answer: { im_group_id: groupId } })
            .where(isKey(intent.idempotency)),
      ])
    },
    async abandon(tx, intent) {
      if (intent.idempotency) await tx.delete(idempotency).where(isKey(intent.idempotency))
    },
    forget: ({ groupId }) => forgetGroup(groupId),
  }
}

const isKey = ({ actor, operation, key }: z.infer<typeof idempotencyKey>) =>
  and(eq(idempotency.actor, actor), eq(idempotency.operation, operation), eq(idempotency.key, key))

/** The pause that the vendor asks for, 1.5 s at most, since a request waits for it. */
function pauseMs(error: unknown): number {
  const asked = error instanceof EasemobError ? error.retryAfterMs : undefined
  return Math.min(longestPauseMs, asked ?? 300)
}

/** The wrapper never retries a creation, so after any error but an unknown outcome there is no group. */
const notMade = (cause: unknown) => new GatewayError('VENDOR_UNAVAILABLE', { retryAfter: 5, cause })

async function createOrFind(vendor: Easemob, intent: NewGroup): Promise<{ groupId: string }> {
  try {
    return await create(vendor, intent)
  } catch (error) {
    const groupId = isThereAlready(error) || mayHaveHappened(error) ? await find(vendor, intent) : null
    if (groupId) return { groupId }
    throw error
  }
}

function create(vendor: Easemob, intent: NewGroup): Promise<{ groupId: string }> {
  const { groupId, marker, owner, name, description, maxUsers, membersOnly, allowInvites, members } = intent
  const custom = withMarker(marker)
  const facts = { groupId, name, description, maxUsers, membersOnly, allowInvites, owner, members, custom }
  return vendor.groups.create({ ...facts, public: intent.public })
}

/**
 * The id under which the vendor has the group; null when it has none.
 * @throws OutcomeUnknown when the vendor cannot be asked, since the group may exist
 */
async function find(vendor: Easemob, { groupId, marker, owner }: NewGroup): Promise<string | null> {
  const custom = withMarker(marker)
  try {
    const [byId] = await vendor.groups.get([groupId])
    if (byId?.custom === custom) return byId.id
    const newest = (await vendor.users.joinedGroups(owner)).slice(0, 100).map(group => group.groupId)
    if (newest.length === 0) return null
    return (await vendor.groups.get(newest)).find(group => group.custom === custom)?.id ?? null
  } catch (error) {
    throw asUnknown(error)
  }
}
