import { type Role, type Sample, samples } from '../../../../../packages/contracts/test/samples.ts'
import type { Outcome } from './call-faces.ts'

/** What every role is answered. `ok`: 200 on tRPC, on REST the status of the route. */
export interface Row {
  readonly operation: string
  /** What is special about the group of this row. */
  readonly group: { readonly public?: boolean; readonly allowinvites?: boolean }
  readonly rest: number | null
  readonly input: Sample['input']
  readonly answers: Readonly<Record<Role, Outcome>>
}

const plainGroup = { public: false, allowinvites: false }

/** The samples of the contract, a row for each case. */
export const rows: readonly Row[] = samples.flatMap(({ name, operation, sample }) =>
  [sample, ...(sample.also ?? []).map(one => ({ input: sample.input, ...one }))].map(one => ({
    operation: name,
    rest: operation.route?.status ?? null,
    group: 'group' in one && one.group ? one.group : plainGroup,
    input: one.input,
    answers: byRole(one.answers),
  })),
)

function byRole(answers: Sample['answers']): Row['answers'] {
  const [stranger, member, owner, admin] = answers
  return { stranger, member, owner, admin }
}
