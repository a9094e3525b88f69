import { z } from 'zod'
import type { Scene } from '../load/scene.ts'
import type { TrackedGroup } from '../model/ledger.ts'

const notice = z.object({
  body: z.object({ msg: z.string() }),
  ext: z.object({ type: z.string(), notice_id: z.string() }),
})

/** Records the notices that were delivered since the last call; the emulator stores the newest 10,000 messages only. */
export function collectNotices({ emulator, ledger, findings }: Scene): void {
  for (const message of emulator.state.messages.list()) {
    const [messageId = ''] = message.ids
    if (ledger.seenMessages.has(messageId)) continue
    ledger.seenMessages.add(messageId)
    const read = notice.safeParse(message)
    if (!read.success) {
      findings.check('noticeId', false, () => `message ${messageId} is no notice`)
      continue
    }
    const { body, ext } = read.data
    const differs = ledger.deliver(message, { id: ext.notice_id, type: ext.type, text: body.msg })
    findings.check('noticeId', differs === null, () => differs ?? '')
  }
}

/** Compares the delivered notices with the acknowledged changes. The queue must be empty. */
export function checkNotices({ ledger, findings }: Scene): void {
  const delivered = Map.groupBy(ledger.delivered.values(), ({ group, type }) => key(group, type))
  for (const group of ledger.groups.values())
    for (const [type, { least, most }] of group.notices) {
      const found = delivered.get(key(group.id, type))?.length ?? 0
      findings.check('notices', found >= least, () => `${group.id}: ${found} of ${least} ${type}`)
      findings.check('noticeId', found <= most, () => `${group.id}: ${found} ${type}, ${most} at most`)
    }
}

/** How many notices were delivered more than once with the same id. */
export function repeats({ ledger }: Scene): number {
  return [...ledger.delivered.values()].reduce((sum, { again }) => sum + again, 0)
}

const key = (group: TrackedGroup['id'], type: string) => `${group} ${type}`
