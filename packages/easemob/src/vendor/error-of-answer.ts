import { EasemobError } from '../errors.ts'
import { isObject } from '../http/read.ts'
import { parseRetryAfter } from '../http/retry-after.ts'
import type { WireAnswer } from '../http/wire.ts'
import { codeOfStatus, ERROR_TABLE, type ErrorRow } from './error-table.ts'
import { scrub } from './scrub.ts'

/** Statuses that the vendor's HTTP front end answers without JSON. Any other 4xx without JSON does not come from the vendor's API. */
const BARE_STATUSES = new Set([401, 408, 413, 414, 415, 429, 431])

type Context = { operation: string; attempts: number; secrets: readonly string[]; now: number }

/** The typed error for an answer that is not a success. */
export function errorOfAnswer(answer: WireAnswer, json: unknown, context: Context): EasemobError {
  const { status } = answer
  const envelope = isObject(json) ? json : undefined
  const vendorError = stringOf(envelope?.['error'])
  const text = stringOf(envelope?.['error_description']) ?? ''
  const row = ERROR_TABLE.find(row => fits(row, status, vendorError, text))
  const foreign = envelope === undefined && status < 500 && !BARE_STATUSES.has(status)
  const code = foreign ? 'malformed' : (row?.code ?? codeOfStatus(status))
  const description = text === '' ? undefined : scrub(text, context.secrets)
  const said = envelope
    ? [vendorError, description].filter(Boolean).join(': ')
    : `no JSON, ${answer.contentType || 'no content type'}`
  const { operation, attempts } = context
  return new EasemobError(`${operation}: the vendor answered ${status} (${said || 'without a reason'}).`, {
    ...{ code, operation, status, description, attempts },
    vendorError: vendorError === undefined ? undefined : scrub(vendorError, context.secrets),
    ...(foreign ? {} : { subject: row?.subject, subjectName: row?.text?.exec(text)?.groups?.['name'] }),
    retryAfterMs: parseRetryAfter(answer.retryAfter, context.now),
    requestId: answer.requestId,
  })
}

function fits(row: ErrorRow, status: number, error: string | undefined, text: string): boolean {
  if (row.status !== status) return false
  if (row.error !== undefined && row.error !== error) return false
  return row.text === undefined || row.text.test(text)
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
