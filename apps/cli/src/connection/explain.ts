import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type GatewayClientError, isGatewayError, type Reason } from '@easemob-gateway/client'
import { isTRPCClientError } from '@trpc/client'
import { kebab } from '../args/names.ts'
import { CliFailure, exitCode } from '../failure.ts'
import { printable } from '../output/printable.ts'

/** The gateway that was called. */
interface Target {
  readonly url: string
  readonly hasToken: boolean
  readonly dataDir: string
}

const nextSteps: Partial<Record<Reason, string>> = {
  FORBIDDEN: 'Use a token of someone who may: easemob token --user ID [--admin].',
  VALIDATION_FAILED: 'Correct the flags named above; --help shows their limits.',
  NOT_FOUND: 'Check the id, and that the gateway is as new as this command.',
  USER_NOT_FOUND:
    'Check the id with easemob users get --id ID, or import people with easemob users import FILE.',
  GROUP_NOT_FOUND: 'Check the group id, and that you are a member of the group.',
  NOT_A_MEMBER: 'Add them first: easemob groups add-members.',
  GROUP_FULL: 'Raise --maxusers with easemob groups update, or add fewer.',
  OWNER_CANNOT_LEAVE: 'Transfer the group first: easemob groups update --new-owner-user ID.',
  CONFLICT: 'Wait for the other request to end, then try again.',
  PAYLOAD_TOO_LARGE: 'Send less at once.',
  INTERNAL: 'Try again; if it stays, look for the request id in the gateway log.',
  VENDOR_REFUSED: 'Look for the request id in the gateway log.',
  NOT_CONFIGURED: 'Check EASEMOB_APP_KEY, EASEMOB_CLIENT_ID and EASEMOB_CLIENT_SECRET of the gateway.',
}

/**
 * Converts what a call to the gateway threw to a failure with a reason and a next step. Errors of another origin stay as they
 * are.
 */
export function explain(error: unknown, target: Target): Error {
  if (error instanceof CliFailure) return error
  if (isGatewayError(error)) return refused(error, target)
  if (!isTRPCClientError(error)) return error instanceof Error ? error : new Error(String(error))
  const why = isAnswer(error) ? 'something answers there, but not as a gateway does' : connectionFault(error)
  return new CliFailure({
    what: `no gateway at ${target.url}`,
    why,
    next: 'Start it (pnpm start), or correct --url, EASEMOB_GATEWAY_URL or the profile.',
    code: exitCode.unreachable,
  })
}

function refused({ message, data }: GatewayClientError, target: Target): CliFailure {
  const { reason, fields = {}, retryAfter, requestId } = data
  const faults = Object.entries(fields).map(([name, texts]) => `--${kebab(name)}: ${texts.join(', ')}`)
  const why = [reason, ...faults, ...(requestId ? [`request id ${requestId}`] : [])].join('; ')
  const later = retryAfter === undefined ? undefined : `Try again in ${retryAfter} s.`
  const next =
    reason === 'UNAUTHENTICATED' ? signIn(target) : (later ?? nextSteps[reason] ?? 'Try again in a moment.')
  return new CliFailure({ what: printable(message), why: printable(why), next, code: exitCode.refused })
}

function signIn({ hasToken, dataDir }: Target): string {
  const make = 'easemob token --user 1'
  if (existsSync(join(dataDir, 'jwt-secret')))
    return `Make a token with the secret in ${dataDir}: export EASEMOB_GATEWAY_TOKEN=$(${make})`
  return hasToken
    ? `The token is expired or of another gateway. Make a new one where JWT_SECRET is known: ${make}`
    : `Give a token with --token, EASEMOB_GATEWAY_TOKEN or easemob config set token; ${make} makes one where JWT_SECRET is known.`
}

/** Whether the server answered, but not as tRPC does. */
function isAnswer({ meta, cause }: { meta?: Record<string, unknown> | undefined; cause?: unknown }): boolean {
  return meta?.['response'] instanceof Response || cause instanceof SyntaxError
}

/** The innermost cause of a lost connection, as one line. */
function connectionFault(error: unknown): string {
  let inner = error
  while (inner instanceof Error && inner.cause !== undefined && inner.cause !== inner) inner = inner.cause
  if (inner instanceof AggregateError && inner.errors.length > 0) inner = inner.errors[0]
  if (!(inner instanceof Error)) return 'the connection was lost'
  if (inner.name === 'TimeoutError') return 'it did not answer in time'
  return printable('code' in inner ? `${inner.code}: ${inner.message}` : inner.message)
}
