import { setTimeout as delay } from 'node:timers/promises'
import { GatewayError } from '@easemob-gateway/contracts'
import { EasemobError, OutcomeUnknown } from '@easemob-gateway/easemob'
import { and, eq } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../../db/connect.ts'
import type { IntentKind } from '../../durable/durable-write.ts'
import type { Core } from '../../request.ts'
import { inDoubt, isThereAlready, isVerdict, mayHaveHappened } from '../../vendor/outcome.ts'
import { groupCreated } from '../notice-texts.ts'
import type { Notices } from '../notices.ts'

const { groups, idempotency } = schema

/** The subject of everything that changes one group. */
export const groupSubject = (groupId: string): string => `group:${groupId}`

/** What this process keeps of a group is dropped when the group may have changed. */
export const forgetGroup = ({ groupReader }: Core, { groupId }: { groupId: string }): void =>
  groupReader.forget(groupId)

/** What the vendor keeps in a group's `custom`, for recovery to know it by. Never shown to callers. */
export const markerPrefix = 'easemob-gateway:'

const triesAtOnce = 3
const longestPauseMs = 1500

const idempotencyKey = z.object({ actor: z.string(), operation: z.string(), key: z.string() })

export const newGroup = z.object({
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
export type NewGroupIntent = z.infer<typeof newGroup>

/**
 * A new group, under an id of our choice and with a marker in `custom`, both committed before the vendor is called.
 *
 * - Dies before the call, or the vendor never got it: recovery finds neither id nor marker and creates the group.
 * - Dies after the call, or the answer is lost: recovery finds the group by its id, or by its marker among the
 *   owner's newest groups where the vendor chose another id, and completes the row.
 * - The call arrives late, after recovery has created the group: the vendor refuses the second group of one id.
 * - The vendor refuses: the intent goes, and nobody has a group.
 */
export function createGroup(notices: Notices): IntentKind<NewGroupIntent, { groupId: string }> {
  return {
    name: 'group.create',
    payload: newGroup,
    async perform(core, intent, { first }) {
      const found = first ? null : await find(core, intent)
      if (found) return { groupId: found }
      let doubt = !first
      for (let left = triesAtOnce - 1; ; left--) {
        try {
          return await createOrFind(core, intent)
        } catch (error) {
          if (isVerdict(error)) throw error
          // The same id again is safe, since the vendor refuses to make two groups of it.
          doubt ||= error instanceof OutcomeUnknown
          if (left === 0) throw doubt ? inDoubt(error) : notMade(error)
          if (!(error instanceof OutcomeUnknown)) await delay(pauseMs(error))
        }
      }
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
    forget: forgetGroup,
  }
}

const isKey = ({ actor, operation, key }: z.infer<typeof idempotencyKey>) =>
  and(eq(idempotency.actor, actor), eq(idempotency.operation, operation), eq(idempotency.key, key))

/** How long the vendor wants to be left alone, within what a caller waits for. */
function pauseMs(error: unknown): number {
  const asked = error instanceof EasemobError ? error.retryAfterMs : undefined
  return Math.min(longestPauseMs, asked ?? 300)
}

/** The wrapper never repeats a creation, so anything but an unknown outcome means that there is no group. */
const notMade = (cause: unknown) => new GatewayError('VENDOR_UNAVAILABLE', { retryAfter: 5, cause })

async function createOrFind(core: Core, intent: NewGroupIntent): Promise<{ groupId: string }> {
  try {
    return await create(core, intent)
  } catch (error) {
    const groupId = isThereAlready(error) || mayHaveHappened(error) ? await find(core, intent) : null
    if (groupId) return { groupId }
    throw error
  }
}

function create({ vendor }: Core, intent: NewGroupIntent): Promise<{ groupId: string }> {
  const { groupId, marker, owner, name, description, maxUsers, membersOnly, allowInvites, members } = intent
  const custom = markerPrefix + marker
  const facts = { groupId, name, description, maxUsers, membersOnly, allowInvites, owner, members, custom }
  return vendor.groups.create({ ...facts, public: intent.public })
}

/**
 * The id under which the vendor has the group; null when it has none. Asked only when the group may be there, so whatever
 * keeps the vendor from telling leaves that open.
 */
async function find({ vendor }: Core, { groupId, marker, owner }: NewGroupIntent): Promise<string | null> {
  const custom = markerPrefix + marker
  try {
    const [byId] = await vendor.groups.get([groupId])
    if (byId?.custom === custom) return byId.id
    const newest = (await vendor.users.joinedGroups(owner)).slice(0, 100).map(group => group.groupId)
    if (newest.length === 0) return null
    return (await vendor.groups.get(newest)).find(group => group.custom === custom)?.id ?? null
  } catch (error) {
    throw error instanceof EasemobError ? new OutcomeUnknown(error) : error
  }
}
