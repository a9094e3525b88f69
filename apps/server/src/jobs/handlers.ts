import { eq } from 'drizzle-orm'
import { z } from 'zod'
import type { Core } from '../context.ts'
import { schema } from '../db/connect.ts'
import type { JobHandler, QueueName } from './queue.ts'
import { isMissing } from './vendor-outcome.ts'

const notice = z.object({ group: z.string(), text: z.string(), ext: z.record(z.string(), z.unknown()) })
const activation = z.object({ userId: z.string() })

/** What each queue's jobs do. A job may run more than once. */
export function jobHandlers({ vendor, database }: Core): Record<QueueName, JobHandler> {
  const { users } = schema
  return {
    /** The job's id goes along as `notice_id`, the same on every try, so that a client can drop a duplicate. */
    async notice(id, data) {
      const { group, text, ext } = notice.parse(data)
      await vendor.messages.sendText(
        { groups: [group], text, ext: { ...ext, notice_id: id } },
        { priority: 'bulk' },
      )
    },
    /** Brings the vendor's account to where the person stands now, whatever the order of the jobs. */
    async activation(_, data) {
      const { userId } = activation.parse(data)
      const [user] = await database.orm
        .select({ deletedAt: users.deletedAt })
        .from(users)
        .where(eq(users.id, userId))
      if (!user) return
      const change = user.deletedAt ? vendor.users.deactivate(userId) : vendor.users.activate(userId)
      await change.catch(error => {
        if (!isMissing(error)) throw error
      })
    },
  }
}
