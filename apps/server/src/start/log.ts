import { type DestinationStream, type Logger, pino } from 'pino'
import { scrub } from './scrub.ts'

/**
 * JSON lines. Errors are told by name, message and cause; what could be a secret is blacked out.
 * @param to stdout where absent
 */
export function createLog(level: string, to?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    messageKey: 'msg',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => tell(error, 0) },
  }
  return to ? pino(options, to) : pino(options)
}

const deepest = 4

function tell(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? scrub(error) : undefined
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const description =
    'description' in error && typeof error.description === 'string'
      ? { vendor: scrub(error.description) }
      : {}
  const cause = error.cause === undefined || depth >= deepest ? {} : { cause: tell(error.cause, depth + 1) }
  // A stack begins with the message, which may quote what a caller sent.
  const at = error.stack
    ?.split('\n')
    .filter(line => line.startsWith('    at '))
    .slice(0, 5)
    .map(line => line.trim())
  return { type: error.name, message: scrub(error.message), ...code, ...description, at, ...cause }
}
