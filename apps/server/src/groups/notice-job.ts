import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { schema } from '../db/connect.ts'
import type { JobHandler, QueueName } from '../durable/queue.ts'
import type { Core } from '../request.ts'
import { isMissing } from '../vendor/outcome.ts'

const notice = z.object({
  id: z.string(),
  group: z.string(),
  text: z.string(),
  ext: z.record(z.string(), z.unknown()),
})
const activation = z.object({ userId: z.string() })

/** What each queue's jobs do. A job may run more than once. */
export function jobHandlers({ vendor, database }: Core): Record<QueueName, JobHandler> {
  const { users } = schema
  return {
    /**
     * The notice's id goes along, the same on every try, so that a client can drop a duplicate. It is not the job's: a
     * job that was given up comes back under another one.
     */
    async notice(data) {
      const { id, group, text, ext } = notice.parse(data)
      await vendor.messages
        .sendText({ groups: [group], text, ext: { ...ext, notice_id: id } }, { priority: 'bulk' })
        .catch(ignoreMissing)
    },
    /**
     * Brings the vendor's account to where the person stands now, whatever the order of the jobs: two of one person may
     * run at once, so each looks again after its call, and goes on until what it has set is what stands.
     */
    async activation(data) {
      const { userId } = activation.parse(data)
      let set: boolean | undefined
      for (;;) {
        const [user] = await database.orm
          .select({ deletedAt: users.deletedAt })
          .from(users)
          .where(eq(users.id, userId))
        const active = user?.deletedAt === null
        if (!user || set === active) return
        await (active ? vendor.users.activate(userId) : vendor.users.deactivate(userId)).catch(ignoreMissing)
        set = active
      }
    },
  }
}

// Without the group there is nobody to tell, without the account nothing to bar.
function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error
}
