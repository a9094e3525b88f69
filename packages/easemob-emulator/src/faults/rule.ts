import { z } from 'zod'

const MAX_DELAY_MS = 600_000

/** A fault rule as given; see {@link FaultRule}. */
export const faultRule = z
  .strictObject({
    operation: z.string().min(1),
    status: z.int().min(200).max(599).optional(),
    error: z.string().min(1).optional(),
    description: z.string().optional(),
    body: z.string().optional(),
    headers: z.record(z.string().regex(/^[A-Za-z0-9-]+$/), z.string().regex(/^[^\r\n]*$/)).optional(),
    drop: z.literal(true).optional(),
    delayMs: z.int().min(0).max(MAX_DELAY_MS).optional(),
    afterCommit: z.boolean().optional(),
    times: z.int().min(1).optional(),
    probability: z.number().min(0).max(1).optional(),
    seed: z.int().min(0).max(0xffff_ffff).optional(),
  })
  .refine(
    ({ status, error, drop, delayMs }) =>
      status !== undefined || error !== undefined || drop === true || delayMs !== undefined,
    { error: 'a rule needs one of status, error, drop or delayMs' },
  )
  .refine(({ status, error, drop }) => drop !== true || (status === undefined && error === undefined), {
    error: 'drop closes the connection: it cannot stand with status or error',
  })
  .refine(({ status, body }) => status === undefined || status >= 400 || body !== undefined, {
    error: 'a status below 400 needs a body',
  })
  .refine(
    ({ status, error, body, headers, description }) =>
      status !== undefined ||
      error !== undefined ||
      (body === undefined && headers === undefined && description === undefined),
    { error: 'body, headers and description need a status or an error' },
  )

/**
 * Which operation fails, how, and how often.
 *
 * - `operation`: an operation name as in the journal, e.g. `users.create`, or `*` for all
 * - `status`: answer with this status and the vendor's error envelope for it; `error` and `description` replace its code and text
 * - `error`: answer with this vendor error code, e.g. `reach_limit`; its usual status unless `status` is given
 * - `body`, `headers`: answer with this text instead of the envelope, and with these headers (`Retry-After`)
 * - `drop`: close the connection without an answer (the client sees a reset)
 * - `delayMs`: wait, 0 to 600,000 ms of real time; a rule with nothing else then answers as usual
 * - `afterCommit`: carry the call out first, then fail, drop or delay the answer
 * - `times`: how often the rule applies before it is removed; `probability`: 0 to 1, drawn from `seed` (default 1).
 *   With neither, it applies to every call until it is removed
 *
 * @example emulator.faults.add({ operation: 'groups.create', drop: true, afterCommit: true, times: 1 })
 */
export type FaultRule = z.input<typeof faultRule>
