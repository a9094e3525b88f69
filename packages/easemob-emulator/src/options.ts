import { z } from 'zod'
import { seedSchema } from './seed.ts'

const APP_KEY = /^[A-Za-z0-9][A-Za-z0-9-]*#[A-Za-z0-9][A-Za-z0-9-]*$/
const positive = z.int().min(1)

/** The options of {@link createEmulator}, checked. */
export const optionsSchema = z.strictObject({
  port: z.int().min(0).max(65_535).default(0),
  host: z.string().min(1).default('127.0.0.1'),
  appKey: z.string().regex(APP_KEY, 'must be org#app').default('demo#app'),
  clientId: z.string().min(1).default('emulator-client-id'),
  clientSecret: z.string().min(1).default('emulator-client-secret'),
  latencyMs: z.number().min(0).max(600_000).default(0),
  callsPerSecond: z.number().positive().optional(),
  vendorLimits: z.boolean().default(false),
  registration: z.enum(['open', 'authorized']).default('authorized'),
  quota: z
    .strictObject({
      users: positive.optional(),
      groups: positive.optional(),
      groupsPerUser: positive.optional(),
    })
    .default({}),
  snapshot: z.string().min(1).optional(),
  seed: z.union([z.string().min(1), seedSchema]).optional(),
  callbacks: z.strictObject({ url: z.url({ protocol: /^https?$/ }), secret: z.string().min(1) }).optional(),
  now: z.custom<() => number>(value => typeof value === 'function', 'must be a function').optional(),
})

/** Options as they are used, defaults filled in. */
export type Options = z.output<typeof optionsSchema>
type Input = z.input<typeof optionsSchema>

/** What {@link createEmulator} takes; every field has a default. */
export interface EmulatorOptions {
  /** default 0: any free port */
  readonly port?: Input['port']
  /** default 127.0.0.1 */
  readonly host?: Input['host']
  /** `org#app`, default `demo#app` */
  readonly appKey?: Input['appKey']
  readonly clientId?: Input['clientId']
  readonly clientSecret?: Input['clientSecret']
  /** ms of real time every answer waits, default 0 */
  readonly latencyMs?: Input['latencyMs']
  /** over all calls of the users and groups families, 429 beyond; default unlimited */
  readonly callsPerSecond?: Input['callsPerSecond']
  /** keep the vendor's own rate limits; default false */
  readonly vendorLimits?: Input['vendorLimits']
  /** `open`: users may register themselves without a token; default `authorized` */
  readonly registration?: Input['registration']
  /** caps of a plan: 429 `resource_limited` for users, 403 `exceed_limit` for groups; default none */
  readonly quota?: Input['quota']
  /** file that keeps the state; absent: memory only */
  readonly snapshot?: Input['snapshot']
  /** users and groups that are there from the start (and after a reset), or a JSON file of them */
  readonly seed?: Input['seed']
  /** where signed callbacks are posted */
  readonly callbacks?: Input['callbacks']
  /** the machine's time in ms, default `Date.now`; a fixed one makes rate limits exact */
  readonly now?: Input['now']
}

/** Options that cannot be used; the message names each of them. */
export class BadOptions extends Error {
  override name = 'BadOptions'
}

/** @throws BadOptions */
export function checkOptions(input: EmulatorOptions): Options {
  const parsed = optionsSchema.safeParse(input)
  if (!parsed.success) throw new BadOptions(`emulator options refused: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
