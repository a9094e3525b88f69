import { type DestinationStream, type Logger, pino } from 'pino'
import { scrub } from './scrub.ts'

/**
 * JSON lines. Errors are told by name, message and cause; what could be a secret is blacked out.
 * @param to stdout where absent, a tenth of a second late at most
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
  return pino(options, to ?? standardOutput())
}

const bufferBytes = 15 * 1024
const longestDelayMs = 100

/** Lines go out together: a write for each would be a tenth of what a short answer costs. pino flushes at the exit. */
function standardOutput(): DestinationStream {
  const destination = pino.destination({ dest: 1, sync: false, minLength: bufferBytes })
  setInterval(() => destination.flush(), longestDelayMs).unref()
  return destination
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
  return {
    type: error.name,
    message: scrub(error.message),
    ...code,
    ...description,
    at: callsOf(error),
    ...cause,
  }
}

/** A stack begins with the message, which may quote what a caller sent, also lines that look like calls. */
function callsOf({ stack = '', message }: Error): string[] {
  const calls = stack.slice(stack.lastIndexOf(message) + message.length)
  return calls
    .split('\n')
    .filter(line => line.startsWith('    at '))
    .slice(0, 5)
    .map(line => scrub(line.trim()))
}
