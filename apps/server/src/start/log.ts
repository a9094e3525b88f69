import { type DestinationStream, type Logger, pino } from 'pino'
import { scrub } from './scrub.ts'

/**
 * Makes a log of JSON lines. An error is logged with its name, message, stack and causes; possible secrets are removed.
 * @param level a pino level
 * @param to default: stdout, buffered for up to 100 ms
 * @example createLog('info').info({ url }, 'listening')
 */
export function createLog(level: string, to?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    messageKey: 'msg',
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (error: unknown) => serialize(error, 0) },
  }
  return pino(options, to ?? standardOutput())
}

const bufferBytes = 15 * 1024
const maxDelayMs = 100

/** Buffers lines: a system call for each would take a tenth of the time of a short request. pino flushes at exit. */
function standardOutput(): DestinationStream {
  const destination = pino.destination({ dest: 1, sync: false, minLength: bufferBytes })
  setInterval(() => destination.flush(), maxDelayMs).unref()
  return destination
}

const maxCauses = 4

function serialize(error: unknown, depth: number): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? scrub(error) : undefined
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  const description =
    'description' in error && typeof error.description === 'string'
      ? { vendor: scrub(error.description) }
      : {}
  const cause =
    error.cause === undefined || depth >= maxCauses ? {} : { cause: serialize(error.cause, depth + 1) }
  return {
    type: error.name,
    message: scrub(error.message),
    ...code,
    ...description,
    at: framesOf(error),
    ...cause,
  }
}

/** The first five frames of a stack. It begins with the message, which may quote input that looks like frames. */
function framesOf({ stack = '', message }: Error): string[] {
  const frames = stack.slice(stack.lastIndexOf(message) + message.length)
  return frames
    .split('\n')
    .filter(line => line.startsWith('    at '))
    .slice(0, 5)
    .map(line => scrub(line.trim()))
}
