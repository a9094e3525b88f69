import { z } from 'zod'
import { operation } from '../operation.ts'
import { noInput } from '../schemas/common.ts'

/** The keys that IM passwords are encrypted with at rest. */
export const keys = {
  rotate: operation({
    kind: 'mutation',
    summary:
      'Encrypt stored passwords with the current key, the first of IM_PASSWORD_KEY; call again while any remain',
    access: 'admin',
    errors: [],
    input: noInput,
    output: z.object({
      key: z.string().describe('the id of the current key'),
      rotated: z.int(),
      remaining: z.int(),
    }),
  }),
}
