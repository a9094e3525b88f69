import type { Args } from '../args/parse.ts'
import type { Session } from '../connection/session.ts'
import type { Io } from '../io.ts'

/** A parsed command line, with the gateway to call. */
export interface Command extends Args {
  readonly session: Session
  readonly io: Io
}
/** Runs a command that is more than one call, and resolves to the exit code. */
export type RunCommand = (command: Command) => Promise<number>
