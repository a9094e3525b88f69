import { type ErrorKey, errorTable, type Reason } from './error-table.ts'

/** The languages of error texts. */
export type Language = 'zh' | 'en'

/** Details of an error. The caller may see all of them but `cause`. */
export interface ErrorDetails {
  /** Values of the placeholders in the text. */
  readonly values?: Readonly<Record<string, string | number>>
  /** The invalid input fields, each with its error texts. */
  readonly fields?: Readonly<Record<string, readonly string[]>>
  /** Seconds after which a retry makes sense. */
  readonly retryAfter?: number
  /** For the log only; never sent to the caller. */
  readonly cause?: unknown
}

/**
 * An error of {@link errorTable}. Operations throw it, and every adapter answers it in its own form.
 * @example throw new GatewayError('MEMBERS_NOT_FOUND', { values: { users: '9, 12' } })
 */
export class GatewayError extends Error {
  override readonly name = 'GatewayError'
  readonly key: ErrorKey
  readonly details: ErrorDetails
  constructor(key: ErrorKey, details: ErrorDetails = {}) {
    super(errorText(key, 'en', details), { cause: details.cause })
    this.key = key
    this.details = details
  }
  /** What callers branch on. */
  get reason(): Reason {
    return errorTable[this.key].reason
  }
  /** HTTP status of the answer. */
  get status(): number {
    return errorTable[this.key].status
  }
}

/**
 * The text of an error in a language, with its placeholders filled; `?` stands for a missing value.
 * @example errorText('GROUP_NOT_FOUND', 'zh') // 该群组不存在或已被删除
 */
export function errorText(key: ErrorKey, language: Language, details: ErrorDetails = {}): string {
  const values: Record<string, string | number> = { retryAfter: details.retryAfter ?? 1, ...details.values }
  return errorTable[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '?'))
}
