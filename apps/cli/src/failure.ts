/** What the process ends with. */
export const exitCode = { done: 0, refused: 1, usage: 2, unreachable: 3, interrupted: 130 } as const
export type ExitCode = (typeof exitCode)[keyof typeof exitCode]

/** A failure as it is told on stderr: what happened, why, and what to do next. */
export interface Telling {
  readonly what: string
  readonly why: string
  readonly next: string
  readonly code: ExitCode
}

/** A failure that knows how to be told. */
export class CliFailure extends Error {
  override readonly name = 'CliFailure'
  readonly telling: Telling
  constructor(telling: Telling) {
    super(telling.what)
    this.telling = telling
  }
}

/** A command written wrongly; ends with exit code 2. */
export function wrongUsage(what: string, why: string, next: string): CliFailure {
  return new CliFailure({ what, why, next, code: exitCode.usage })
}

/** The three lines of a failure. */
export function tell({ what, why, next }: Telling): string {
  return `error: ${what}\nwhy:   ${why}\nnext:  ${next}\n`
}
