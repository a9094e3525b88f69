import type { CallPipeline } from '../call/pipeline.ts'
import { EasemobError } from '../errors.ts'
import { segment } from '../http/path.ts'
import { asId, isObject, listOf } from '../http/read.ts'
import type { CallOptions } from '../options.ts'
import { OPERATIONS } from '../vendor/operations.ts'
import type { CreatedMany, NewUser } from './types.ts'
import { readUser } from './user-schema.ts'

/** What the vendor does with a batch of both new and existing names: newer apps register the new ones (`partial`), older ones refuse it (`whole`). */
type MixedBatches = 'partial' | 'whole'

type Answer = { created: Set<string>; reasons: Map<string, string> }

/** Registers batches and finds the outcome of each user, also when the vendor answers only for the batch as a whole. */
export class BatchRegistrar {
  readonly #pipeline: CallPipeline
  #mixedBatches: MixedBatches | undefined
  #firstCheck: Promise<unknown> | undefined

  constructor(pipeline: CallPipeline) {
    this.#pipeline = pipeline
  }

  /** Registers `users` and puts each into one list of `outcome`. Does not throw {@link EasemobError}. */
  async register(users: readonly NewUser[], outcome: CreatedMany, options: CallOptions): Promise<void> {
    if (users.length === 0) return
    try {
      this.#sort(users, await this.#post(users, options), outcome)
    } catch (error) {
      if (!(error instanceof EasemobError)) throw error
      if (error.code === 'already_exists') return this.#sortExisting(users, error, outcome, options)
      if (error.code !== 'invalid') return lose(users, error, outcome)
      await this.#refuseOne(users, error, outcome, options)
    }
  }

  #post(users: readonly NewUser[], options: CallOptions): Promise<Answer> {
    const body = users.map(({ username, password, nickname }) => ({ username, password, nickname }))
    const path = `${this.#pipeline.settings.root}/users`
    const secrets = users.map(({ password }) => password)
    return this.#pipeline.call(OPERATIONS.createUsers, { path, body, secrets, read: readAnswer }, options)
  }

  #sort(users: readonly NewUser[], { created, reasons }: Answer, outcome: CreatedMany): void {
    for (const { username } of users) {
      const folded = username.toLowerCase()
      const reason = reasons.get(folded)
      if (created.has(folded)) outcome.created.push(username)
      else if (reason === undefined) {
        lose([{ username }], notMentioned(username), outcome)
      } else if (/already exists|unique/.test(reason)) {
        this.#mixedBatches = 'partial'
        outcome.existing.push(username)
      } else outcome.refused.push({ username, reason, code: 'invalid' })
    }
  }

  /**
   * Handles a batch refused as existing. Newer apps answer so only when all names exist, older ones when a single one does. The first such batch is
   * therefore checked name by name; batches that arrive meanwhile wait for the result.
   */
  async #sortExisting(
    users: readonly NewUser[],
    error: EasemobError,
    outcome: CreatedMany,
    options: CallOptions,
  ) {
    const [only, second] = users
    if (only !== undefined && second === undefined) return void outcome.existing.push(only.username)
    while (this.#mixedBatches === undefined && this.#firstCheck !== undefined) await this.#firstCheck
    if (this.#mixedBatches === 'partial') {
      for (const { username } of users) outcome.existing.push(username)
      return
    }
    const check = this.#findMissing(users, outcome, options)
    if (this.#mixedBatches === undefined) this.#firstCheck = check.catch(() => undefined)
    try {
      const missing = await check
      this.#mixedBatches ??= missing.length === 0 ? 'partial' : 'whole'
      if (missing.length === users.length) return lose(missing, error, outcome)
      await this.register(missing, outcome, options)
    } finally {
      this.#firstCheck = undefined
    }
  }

  /** Looks each user up and returns those that do not exist. */
  async #findMissing(
    users: readonly NewUser[],
    outcome: CreatedMany,
    options: CallOptions,
  ): Promise<NewUser[]> {
    const missing: NewUser[] = []
    const look = async (user: NewUser): Promise<void> => {
      const path = `${this.#pipeline.settings.root}/users/${segment(user.username, OPERATIONS.getUser.name)}`
      try {
        await this.#pipeline.call(OPERATIONS.getUser, { path, read: readUser(user.username) }, options)
        outcome.existing.push(user.username)
      } catch (error) {
        if (!(error instanceof EasemobError)) throw error
        if (error.code === 'not_found') missing.push(user)
        else lose([user], error, outcome)
      }
    }
    await Promise.all(users.map(look))
    return missing
  }

  /** Handles a batch refused because of one user: the one the vendor names, or else the one found by sending each half alone. */
  async #refuseOne(
    users: readonly NewUser[],
    error: EasemobError,
    outcome: CreatedMany,
    options: CallOptions,
  ) {
    const named = error.subjectName?.toLowerCase()
    const refused =
      users.length === 1 ? users[0] : users.find(({ username }) => username.toLowerCase() === named)
    if (refused !== undefined) {
      const reason = error.description ?? error.message
      outcome.refused.push({ username: refused.username, reason, code: error.code })
      const others = users.filter(user => user !== refused)
      return this.register(others, outcome, options)
    }
    const middle = Math.ceil(users.length / 2)
    await this.register(users.slice(0, middle), outcome, options)
    await this.register(users.slice(middle), outcome, options)
  }
}

function lose(users: readonly { username: string }[], error: EasemobError, outcome: CreatedMany): void {
  for (const { username } of users) outcome.lost.push({ username, error })
}

function notMentioned(username: string): EasemobError {
  const operation = OPERATIONS.createUsers.name
  return new EasemobError(
    `${operation}: the vendor's answer does not mention ${JSON.stringify(username)}. Try again.`,
    {
      ...{ code: 'malformed', operation },
    },
  )
}

function readAnswer(json: unknown): Answer | undefined {
  if (!isObject(json) || (!Array.isArray(json['entities']) && !Array.isArray(json['data']))) return undefined
  // Only the names are read, without a schema: a run registers 100,000 users.
  const created = new Set<string>()
  for (const user of listOf(json, 'entities')) {
    const name = isObject(user) ? asId(user['username']) : undefined
    if (name !== undefined) created.add(name.toLowerCase())
  }
  const reasons = new Map<string, string>()
  for (const row of listOf(json, 'data')) {
    if (!isObject(row) || typeof row['username'] !== 'string') continue
    const { username, registerUserFailReason: reason } = row
    reasons.set(username.toLowerCase(), typeof reason === 'string' ? reason : 'no reason given')
  }
  return { created, reasons }
}
