import { type Flag, flagUsage } from '../args/flag.ts'
import { columns, globalPage } from './pages.ts'

/** What the help page of a command shows. */
export interface CommandFacts {
  /** `groups create`. */
  readonly command: string
  readonly summary: string
  readonly flags: readonly Flag[]
  /** What it takes without a flag, such as `FILE|-`. */
  readonly operand?: string
  /** Whole lines below the flags. */
  readonly notes?: string
}

/** What `easemob groups create --help` prints. */
export function commandPage({ command, summary, flags, operand, notes }: CommandFacts): string {
  const needed = flags.filter(flag => flag.required).map(flagUsage)
  const usage = ['easemob', command, ...(operand ? [operand] : []), ...needed]
  if (needed.length < flags.length) usage.push('[--flags]')
  const rows = flags.map((flag): [string, string] => [
    flagUsage(flag),
    [flag.required ? 'required' : '', flag.about].filter(Boolean).join('; '),
  ])
  const list = rows.length > 0 ? `\nFlags:\n${columns(rows)}\n` : ''
  return `${usage.join(' ')}\n\n${summary}\n${list}${notes ? `\n${notes}\n` : ''}\n${globalPage()}`
}
