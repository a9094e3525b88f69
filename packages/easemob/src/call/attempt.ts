import { EasemobError } from '../errors.ts'
import type { Transport } from '../http/transport.ts'
import { type WireAnswer, WireFailure } from '../http/wire.ts'
import { errorOfAnswer } from '../vendor/error-of-answer.ts'
import type { Operation } from '../vendor/operations.ts'
import type { Budget } from './budget.ts'
import { abortedError, deadlineError } from './local-errors.ts'

/** How one attempt ended. `arrived`: the vendor may have carried the request out although no readable success came back. */
export type AttemptResult =
  | { ok: true; json: unknown; answer: WireAnswer }
  | {
      ok: false
      error: EasemobError
      arrived: boolean
      host: 'healthy' | 'failing' | 'unknown'
      answer?: WireAnswer
    }

/** What one attempt sends, and the limits of its call. */
export type AttemptInput = {
  operation: Operation
  path: string
  body: string | undefined
  token: string | undefined
  /** Texts that must not appear in an error, like the token. */
  secrets: readonly string[]
  clientSecret: string
  budget: Budget
}

/** Sends the request once and turns the answer, or its absence, into a result. Never throws. */
export async function attempt(
  transport: Transport,
  clock: () => number,
  input: AttemptInput,
): Promise<AttemptResult> {
  const { operation, path, body, token, budget } = input
  const { attempts } = budget
  const leftMs = budget.deadlineAt - clock()
  const timeoutMs = Math.max(0, Math.min(budget.attemptTimeoutMs, leftMs))
  const { signal } = budget
  const answer = await transport.send({ method: operation.method, path, token, body, timeoutMs, signal })
  if (answer instanceof WireFailure) return failed(answer, input, leftMs < budget.attemptTimeoutMs)
  const json = parse(answer.text)
  if (answer.status >= 200 && answer.status < 300) {
    if (json !== undefined) return { ok: true, json, answer }
    const error = malformed(operation.name, attempts, answer)
    return { ok: false, error, arrived: true, host: 'healthy', answer }
  }
  const secrets = [...input.secrets, input.clientSecret, token ?? '']
  const error = errorOfAnswer(answer, json, { operation: operation.name, attempts, secrets, now: clock() })
  const failing = answer.status >= 500 || answer.status === 408
  return {
    ok: false,
    error,
    arrived: failing || answer.status < 400,
    host: failing ? 'failing' : 'healthy',
    answer,
  }
}

function failed(failure: WireFailure, input: AttemptInput, cutByDeadline: boolean): AttemptResult {
  const { budget, operation } = input
  const { attempts } = budget
  const { kind, arrived } = failure
  const name = operation.name
  if (kind === 'aborted') return { ok: false, error: abortedError(budget), arrived, host: 'unknown' }
  if (kind === 'timeout' && cutByDeadline) {
    return { ok: false, error: deadlineError(budget), arrived, host: 'unknown' }
  }
  const cause = new Error(failure.detail)
  if (kind === 'too_large') {
    const error = new EasemobError(`${name}: ${failure.detail}. Ask for less, or allow more maxBodyBytes.`, {
      ...{ code: 'malformed', operation: name, attempts, cause },
    })
    return { ok: false, error, arrived, host: 'healthy' }
  }
  const code = arrived ? (kind === 'timeout' ? 'timeout' : 'unavailable') : 'not_sent'
  const error = new EasemobError(`${name}: ${WHAT[code]} (${failure.detail}).`, {
    ...{ code, operation: name, attempts, cause },
  })
  return { ok: false, error, arrived, host: 'failing' }
}

const WHAT = {
  not_sent: 'no connection to the vendor could be used; nothing was sent',
  timeout: 'the vendor did not answer in time',
  unavailable: 'the connection to the vendor broke before the whole answer was there',
} as const

/** The error for an answer that is not the documented JSON. It does not quote the body, which may hold a token. */
export function malformed(operation: string, attempts: number, answer: WireAnswer): EasemobError {
  const what =
    answer.text === ''
      ? 'an empty body'
      : `${answer.text.length} characters of ${answer.contentType || 'no content type'}`
  return new EasemobError(
    `${operation}: the vendor answered ${answer.status} with ${what}, not with the JSON it promises.`,
    {
      ...{ code: 'malformed', operation, attempts, status: answer.status, requestId: answer.requestId },
    },
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's error is dropped because it quotes the text, which may hold a token.
    return undefined
  }
}
