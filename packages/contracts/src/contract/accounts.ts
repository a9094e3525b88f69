import { z } from 'zod'
import { operation } from '../operation.ts'
import { noInput, userId, userIds } from '../schemas/common.ts'
import { runSummary } from '../schemas/run.ts'

const password = z
  .string()
  .regex(/^[0-9a-f]{32}$/)
  .describe('the password the chat SDK logs in with')

/** IM accounts at the vendor: registration and passwords. */
export const accounts = {
  register: operation({
    kind: 'mutation',
    summary: 'Register one user with the vendor',
    access: 'user_id',
    errors: [],
    input: z.object({ user_id: userId }),
    output: z.null(),
    route: { method: 'POST', path: '/register/{user_id}', status: 201 },
    rate: 'tenth',
    target: 'user_id',
  }),
  registerMany: operation({
    kind: 'mutation',
    summary: 'Register the listed users with the vendor',
    access: 'admin',
    errors: [],
    input: z.object({ user_ids: userIds.pipe(z.array(userId).min(1)) }),
    output: z.object({
      registered: z.int(),
      already: z.int(),
      failed: z.array(z.object({ user_id: z.string(), reason: z.string() })),
    }),
    route: { method: 'POST', path: '/register', status: 201, message: '注册成功' },
    target: 'user_ids',
  }),
  registerMissing: operation({
    kind: 'mutation',
    summary:
      'Register every user who has no IM account: starts the durable run, or joins the one that is going',
    access: 'admin',
    errors: [],
    input: z
      .object({
        wait: z.int().min(0).max(60).default(20).describe('seconds to wait for the end of the run'),
      })
      .prefault({}),
    output: z.object({ run: runSummary }),
    route: { method: 'POST', path: '/register-old-users', status: 201, message: '注册成功' },
  }),
  resetPassword: operation({
    kind: 'mutation',
    summary: "Set a new random IM password for the caller's account",
    access: 'self',
    errors: ['CONFLICT'],
    input: noInput,
    output: z.null(),
    route: { method: 'PUT', path: '/password', status: 201 },
    rate: 'tenth',
  }),
  password: operation({
    kind: 'query',
    summary: 'The IM password the vendor accepts now for the caller',
    access: 'self',
    errors: [],
    input: noInput,
    output: z.object({ im_pwd_hash: password }),
    route: { method: 'GET', path: '/password', status: 201, message: '成功' },
    rate: 'tenth',
  }),
}
