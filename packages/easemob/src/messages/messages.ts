import type { CallPipeline } from '../call/pipeline.ts'
import { chunks } from '../chunks.ts'
import { EasemobError, fieldsOf, OutcomeUnknown } from '../errors.ts'
import { asId, isObject } from '../http/read.ts'
import { OPERATIONS } from '../vendor/operations.ts'
import type { Messages } from './api.ts'

/** The vendor's limit per call. */
const GROUPS_A_CALL = 3

/** {@link Messages} on top of one {@link CallPipeline}. */
export function createMessages(pipeline: CallPipeline): Messages {
  const path = `${pipeline.settings.root}/messages/chatgroups`
  return {
    async sendText({ from = 'admin', groups, text, ext }, options) {
      const sent: Record<string, string> = {}
      for (const to of chunks([...new Set(groups)], GROUPS_A_CALL)) {
        const body = { from, to, type: 'txt', body: { msg: text }, ext }
        try {
          const request = { path, body, cost: to.length, read: readIds }
          Object.assign(sent, await pipeline.call(OPERATIONS.sendText, request, options))
        } catch (error) {
          throw Object.keys(sent).length === 0 ? error : withPartial(error, sent)
        }
      }
      return sent
    },
  }
}

/** The same error with the ids of the messages that were sent before it. */
function withPartial(error: unknown, partial: Record<string, string>): unknown {
  if (error instanceof OutcomeUnknown && error.cause instanceof EasemobError) {
    return new OutcomeUnknown(error.cause, partial)
  }
  return error instanceof EasemobError
    ? new EasemobError(error.message, { ...fieldsOf(error), partial })
    : error
}

/** Reads message ids, which have 19 digits and are kept as strings. */
function readIds(json: unknown): Record<string, string> | undefined {
  if (!isObject(json) || !isObject(json['data'])) return undefined
  const ids: Record<string, string> = {}
  for (const [groupId, value] of Object.entries(json['data'])) {
    const id = asId(value)
    if (id !== undefined) ids[groupId] = id
  }
  return ids
}
