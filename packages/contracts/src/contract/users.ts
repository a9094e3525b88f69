import { z } from 'zod'
import { operation } from '../operation.ts'
import { page, text, userId } from '../schemas/common.ts'
import { registered, type UserRow, user } from '../schemas/user.ts'

/** Rows are checked one by one by the handler, so that an invalid row does not refuse the valid ones. */
const row = z.custom<UserRow>(value => typeof value === 'object' && value !== null)

/** Users that the app imports. */
export const users = {
  import: operation({
    kind: 'mutation',
    summary: 'Insert or update people, by id',
    access: 'admin',
    errors: [],
    input: z.object({ users: z.array(row).min(1).max(1000) }),
    output: z.object({
      imported: z.int(),
      failed: z.array(z.object({ row: z.int(), id: z.string().nullable(), reason: z.string() })),
    }),
    target: 'users',
  }),
  get: operation({
    kind: 'query',
    summary: 'One person and how their IM account stands',
    access: 'admin',
    errors: [],
    input: z.object({ id: userId }),
    output: user,
    target: 'id',
  }),
  list: operation({
    kind: 'query',
    summary: 'People by id, filtered by name prefix and registration',
    access: 'admin',
    errors: [],
    input: z
      .object({ ...page, name: text.max(255).optional(), registered: registered.optional() })
      .prefault({}),
    output: z.object({ users: z.array(user), cursor: z.string().nullable() }),
  }),
}
