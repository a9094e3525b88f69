import type { Args } from '../args/parse.ts'
import type { Session } from '../connection/session.ts'
import type { Io } from '../io.ts'

/** A command line of an operation that is more than one call. */
export interface Command extends Args {
  readonly session: Session
  readonly io: Io
}
export type Run = (command: Command) => Promise<number>
