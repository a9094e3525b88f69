import type { ErrorDetails, ErrorKey, GatewayError, Language, Operation } from '@easemob-gateway/contracts'
import type { AuditLine } from '../access/audit.ts'
import type { Actor, Cancellation } from '../request.ts'
import type { Allowance } from './limits.ts'

/** One HTTP request, however many operations it carries. */
export interface Incoming extends Cancellation {
  readonly face: 'rest' | 'trpc'
  readonly authorization: string | undefined
  /** `?token=` */
  readonly queryToken: string | undefined
  readonly address: string
  /** Whether it came over TLS, as far as a trusted proxy says. */
  readonly secure: boolean
  readonly requestId: string
  readonly language: Language
  /** Loaded once for all operations of the request. */
  actor: Promise<Actor> | undefined
  /** The tightest limit that was counted, for the answer's headers. */
  allowance: Allowance | undefined
  /** A limit that one of the operations ran into, for the headers of a batch. */
  limited: GatewayError | undefined
}

/** An operation of the contract with its path, `groups.create`. */
export interface NamedOperation {
  readonly path: string
  readonly operation: Operation
}

/** The only way to an operation, for every adapter. */
export type Invoke = (
  named: NamedOperation,
  incoming: Incoming,
  /** Read only for who may call. */
  input: () => unknown,
) => Promise<unknown>

/** The state of a call, filled in as it goes on. */
export interface CallState {
  readonly began: number
  actor?: Actor
  /** Once it has been parsed. */
  input?: unknown
  /** The change's line in the audit, once the change may begin. */
  audit?: AuditLine
}

/** Throws an error of the table. */
export type FailCall = (key: ErrorKey, details?: ErrorDetails) => never
