/** What the process exits with. */
export const exitCode = { done: 0, refused: 1, usage: 2, unreachable: 3, interrupted: 130 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** What stderr says about a failure, and the exit code. */
export interface FailureReport {
  readonly what: string
  readonly why: string
  /** What the reader can do about it, as a sentence. */
  readonly next: string
  readonly code: ExitCode
}

/** A failure that the command line reports in three lines; any other error is a fault of easemob itself. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure'
  readonly report: FailureReport
  constructor(report: FailureReport) {
    super(report.what)
    this.report = report
  }
}

/**
 * The failure of a command line that is written wrongly: exit code 2.
 * @example throw wrongUsage('--user is missing', 'a token is for one user', 'Write --user 1.')
 */
export function wrongUsage(what: string, why: string, next: string): CliFailure {
  return new CliFailure({ what, why, next, code: exitCode.usage })
}

/** The three lines of a failure. */
export function formatFailure({ what, why, next }: FailureReport): string {
  return `error: ${what}\nwhy:   ${why}\nnext:  ${next}\n`
}
