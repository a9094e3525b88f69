import type { Route } from '../routes/route.ts'
import { authenticate } from './authenticate.ts'
import type { Call } from './call.ts'
import { emulatorError, jsonParse, reachLimit } from './errors.ts'
import { errorReply, okReply, type Reply } from './reply.ts'
import { VendorError } from './vendor-error.ts'

/** Limits, token, handler: in this order, all at once. Whatever is committed here is durable only once the log is written. */
export function answer(call: Call, route: Route, operation: string): Reply {
  try {
    if (!call.emulated.limits.takeCall(operation)) throw reachLimit()
    authenticate(call, route.access)
    return okReply(route.handle(call))
  } catch (error) {
    if (error instanceof VendorError) return errorReply(error, call.at, call.duration)
    // Reading a body nested tens of thousands of levels deep overflows the stack.
    if (error instanceof RangeError) return errorReply(jsonParse('nested too deep'), call.at, call.duration)
    console.error(`emulator: ${operation} failed by a mistake in the emulator`, error)
    return errorReply(emulatorError('a mistake in the emulator, see its output'), call.at, call.duration)
  }
}
