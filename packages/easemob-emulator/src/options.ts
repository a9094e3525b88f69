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

/** The options with defaults filled in. */
export type Options = z.output<typeof optionsSchema>
type Input = z.input<typeof optionsSchema>

/**
 * Options of {@link createEmulator}; every field has a default.
 * @example const options: EmulatorOptions = { port: 4000, vendorLimits: true, quota: { users: 100 }, snapshot: 'state.log' }
 */
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
  /** limit of all users and groups calls together, 429 beyond; default unlimited */
  readonly callsPerSecond?: Input['callsPerSecond']
  /** enforce the vendor's own rate limits; default false */
  readonly vendorLimits?: Input['vendorLimits']
  /** `open`: users may register themselves without a token; default `authorized` */
  readonly registration?: Input['registration']
  /** limits of a plan: 429 `resource_limited` for users, 403 `exceed_limit` for groups; default none */
  readonly quota?: Input['quota']
  /** file that stores the state; default: memory only */
  readonly snapshot?: Input['snapshot']
  /** users and groups that exist from the start and after a reset, or the path of a JSON file of them */
  readonly seed?: Input['seed']
  /** the URL that callbacks are posted to and the secret they are signed with; default: none are sent */
  readonly callbacks?: Input['callbacks']
  /** the machine's time, ms since the epoch; default `Date.now`. A fixed time makes rate limits exact */
  readonly now?: Input['now']
}

/** Thrown for invalid options; the message names each of them. */
export class BadOptions extends Error {
  override name = 'BadOptions'
}

/** @throws BadOptions */
export function checkOptions(input: EmulatorOptions): Options {
  const parsed = optionsSchema.safeParse(input)
  if (!parsed.success) throw new BadOptions(`emulator options refused: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}
