import type { Contract } from '@easemob-gateway/contracts'
import type { Flag } from '../args/flag.ts'
import type { Args } from '../args/parse.ts'
import type { RunCommand } from './command.ts'

/** What the command of an operation does beyond one call. */
export interface Special {
  readonly flags?: readonly Flag[]
  /** What it takes without a flag, as help shows it. */
  readonly operand?: string
  /** Whole lines for its help page. */
  readonly notes?: string
  /** Imports the function that runs this command line; undefined where one plain call does. */
  readonly run?: (args: Args) => Promise<RunCommand | undefined>
}

type OperationPath = {
  [Domain in keyof Contract]: `${Domain}.${keyof Contract[Domain] & string}`
}[keyof Contract]

// The keys are checked against the contract, so that an operation does not lose its special command by a new name.
const byPath = {
  'users.import': {
    operand: '[FILE|-]',
    flags: [
      {
        name: 'format',
        field: 'format',
        kind: 'choice',
        choices: ['ndjson', 'csv'],
        about: 'of FILE; default by its extension, ndjson for -',
      },
      {
        name: 'concurrency',
        field: 'concurrency',
        kind: 'number',
        about: 'batches of 1,000 rows in flight; 1 to 16; default 4',
      },
      {
        name: 'rejects',
        field: 'rejects',
        kind: 'text',
        about: 'file to write the rows that were refused to, as NDJSON',
      },
    ],
    notes: `FILE is of any size, - is stdin. NDJSON: one object a line. CSV: a header row of field names, an empty cell is an
absent field; verified, extra and certification hold JSON. Without FILE, --users sends up to 1,000 rows in one call.
Fields: id, name, bio, sex, location, created_at, updated_at, avatar, bg, verified, extra, certification, deleted_at.`,
    run: async ({ values, words }) =>
      words.length > 0 || !('users' in values) ? (await import('./users-import.ts')).importFile : undefined,
  },
  'accounts.registerMissing': {
    notes:
      'Follows the run until it ends. With --wait it is one plain call that answers after that many seconds at the latest.',
    run: async ({ values }) =>
      'wait' in values ? undefined : (await import('./register-missing.ts')).registerMissing,
  },
  'runs.watch': {
    notes: 'With --json a line for each change.',
    run: async () => (await import('./watch-run.ts')).watchRun,
  },
} satisfies Partial<Record<OperationPath, Special>>

/** The operations whose commands stream: a file in, or progress out. Every other operation needs no entry. */
export const specials: ReadonlyMap<string, Special> = new Map<string, Special>(Object.entries(byPath))
