import type { Route } from '../routes/route.ts'
import { authenticate } from './authenticate.ts'
import type { Call } from './call.ts'
import { emulatorError, jsonParse, reachLimit } from './errors.ts'
import { errorReply, okReply, type Reply } from './reply.ts'
import { VendorError } from './vendor-error.ts'

/** Answers a call in one turn of the event loop: rate limit, token, handler. Its changes are durable only when the log has been written. */
export function answer(call: Call, route: Route, operation: string): Reply {
  try {
    if (!call.emulated.limits.takeCall(operation)) throw reachLimit()
    authenticate(call, route.access)
    return okReply(route.handle(call))
  } catch (error) {
    if (error instanceof VendorError) return errorReply(error, call.at, call.duration)
    // Parsing a body nested tens of thousands of levels deep overflows the stack.
    if (error instanceof RangeError) return errorReply(jsonParse('nested too deep'), call.at, call.duration)
    console.error(`emulator: ${operation} failed by a mistake in the emulator`, error)
    return errorReply(emulatorError('a mistake in the emulator, see its output'), call.at, call.duration)
  }
}
