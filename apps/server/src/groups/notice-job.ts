import type { Easemob } from '@easemob-gateway/easemob'
import { z } from 'zod'
import type { JobHandler } from '../durable/queue.ts'
import { isMissing } from '../vendor/outcome.ts'

const notice = z.object({
  id: z.string(),
  group: z.string(),
  text: z.string(),
  ext: z.record(z.string(), z.unknown()),
})

/**
 * Sends a notice. Every retry sends the same `notice_id`, so that a client can drop a duplicate. It is not the job's id,
 * which changes when a dead job is moved back to its queue.
 */
export function createNoticeJob(vendor: Pick<Easemob, 'messages'>): JobHandler {
  return async data => {
    const { id, group, text, ext } = notice.parse(data)
    await vendor.messages
      .sendText({ groups: [group], text, ext: { ...ext, notice_id: id } }, { priority: 'bulk' })
      .catch(error => {
        // The group has been deleted, so there is nobody to notify.
        if (!isMissing(error)) throw error
      })
  }
}
