import type { CallPipeline } from '../call/pipeline.ts'
import { EasemobError } from '../errors.ts'
import { segment } from '../http/path.ts'
import { asId, isObject, listOf } from '../http/read.ts'
import type { CallOptions } from '../options.ts'
import { OPERATIONS } from '../vendor/operations.ts'
import type { CreatedMany, NewUser } from './types.ts'
import { readUser } from './user-schema.ts'

/** Whether a batch with names both new and old is carried out in part (newer vendor) or refused as a whole (older). */
type Manner = 'partial' | 'whole'

type Answer = { created: Set<string>; reasons: Map<string, string> }

/** Registers one batch and finds out what became of each user, whatever the vendor answers for the whole. */
export class BatchRegistrar {
  readonly #pipeline: CallPipeline
  #manner: Manner | undefined
  #learning: Promise<unknown> | undefined

  constructor(pipeline: CallPipeline) {
    this.#pipeline = pipeline
  }

  /** Each of `users` is put into one list of `outcome`. Never throws for the vendor's sake. */
  async register(users: readonly NewUser[], outcome: CreatedMany, options: CallOptions): Promise<void> {
    if (users.length === 0) return
    try {
      this.#sort(users, await this.#post(users, options), outcome)
    } catch (error) {
      if (!(error instanceof EasemobError)) throw error
      if (error.code === 'already_exists') return this.#existing(users, error, outcome, options)
      if (error.code !== 'invalid') return lose(users, error, outcome)
      await this.#narrow(users, error, outcome, options)
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
        lose([{ username }], unmentioned(username), outcome)
      } else if (/already exists|unique/.test(reason)) {
        this.#manner = 'partial'
        outcome.existing.push(username)
      } else outcome.refused.push({ username, reason, code: 'invalid' })
    }
  }

  /** "Exists" for the whole batch: none was new. An older vendor says so when a single one was not, hence the look at the first. */
  async #existing(
    users: readonly NewUser[],
    error: EasemobError,
    outcome: CreatedMany,
    options: CallOptions,
  ) {
    const [only, second] = users
    if (only !== undefined && second === undefined) return void outcome.existing.push(only.username)
    while (this.#manner === undefined && this.#learning !== undefined) await this.#learning
    if (this.#manner === 'partial') {
      for (const { username } of users) outcome.existing.push(username)
      return
    }
    const learning = this.#verify(users, outcome, options)
    if (this.#manner === undefined) this.#learning = learning.catch(() => undefined)
    try {
      const missing = await learning
      this.#manner ??= missing.length === 0 ? 'partial' : 'whole'
      if (missing.length === users.length) return lose(missing, error, outcome)
      await this.register(missing, outcome, options)
    } finally {
      this.#learning = undefined
    }
  }

  /** Looks each one up; answers those that do not exist. */
  async #verify(users: readonly NewUser[], outcome: CreatedMany, options: CallOptions): Promise<NewUser[]> {
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

  /** One user spoils the batch: the one the vendor names, or whom halving finds. */
  async #narrow(users: readonly NewUser[], error: EasemobError, outcome: CreatedMany, options: CallOptions) {
    const named = error.subjectName?.toLowerCase()
    const culprit =
      users.length === 1 ? users[0] : users.find(({ username }) => username.toLowerCase() === named)
    if (culprit !== undefined) {
      const reason = error.description ?? error.message
      outcome.refused.push({ username: culprit.username, reason, code: error.code })
      const others = users.filter(user => user !== culprit)
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

function unmentioned(username: string): EasemobError {
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
  // Of those made only the names count, a hundred thousand of them in a run: no more of a user is read.
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
