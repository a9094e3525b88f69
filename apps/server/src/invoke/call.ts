import type { ErrorDetails, ErrorKey, GatewayError, Language, Operation } from '@easemob-gateway/contracts'
import type { AuditLine } from '../access/audit.ts'
import type { Actor, Cancellation } from '../request.ts'
import type { Allowance } from './limits.ts'

/** An HTTP request, with one operation or a batch of them. */
export interface Incoming extends Cancellation {
  readonly adapter: 'rest' | 'trpc'
  readonly authorization: string | undefined
  /** `?token=` */
  readonly queryToken: string | undefined
  readonly address: string
  /** True when a trusted proxy says that the request came over TLS. */
  readonly secure: boolean
  readonly requestId: string
  readonly language: Language
  /** Read once for all operations of the request. */
  actor: Promise<Actor> | undefined
  /** Of the limits that have counted the request, the one with the fewest requests left; for the response headers. */
  allowance: Allowance | undefined
  /** The error of an operation that exceeded a limit, for the response headers of a batch. */
  limited: GatewayError | undefined
}

/** An operation of the contract with its path, `groups.create`. */
export interface NamedOperation {
  readonly path: string
  readonly operation: Operation
}

/** Calls an operation; every adapter uses it. */
export type Invoke = (
  named: NamedOperation,
  incoming: Incoming,
  /** Called after authentication and limits, so that no body is read for those who may not call. */
  input: () => unknown,
) => Promise<unknown>

/** The state of a call; its fields are set as the call proceeds. */
export interface CallState {
  /** By `performance.now()`. */
  readonly began: number
  actor?: Actor
  /** The parsed input. */
  input?: unknown
  /** The open audit line of a change. */
  audit?: AuditLine
}

/** Throws an error of the contract's error table. */
export type FailCall = (key: ErrorKey, details?: ErrorDetails) => never
