import { z } from 'zod'
import { seededRandom } from './random.ts'
import { type FaultRule, faultRule } from './rule.ts'

/** An active fault rule and how often it applied. */
export interface ActiveFault {
  readonly id: number
  readonly rule: FaultRule
  readonly fired: number
  /** undefined when the rule has no limit */
  readonly timesLeft: number | undefined
}

interface Entry {
  readonly id: number
  readonly rule: FaultRule
  readonly random: () => number
  fired: number
}

const DEFAULT_SEED = 1

/** Thrown for an invalid fault rule; the message names every mistake. */
export class BadFaultRule extends Error {
  override name = 'BadFaultRule'
}

/** The fault rules, in the order they were added. The first rule that matches a call applies. */
export class Faults {
  readonly #operations: ReadonlySet<string>
  #entries: Entry[] = []
  #nextId = 1

  /** @param operations the operation names that rules may use, besides `*` */
  constructor(operations: ReadonlySet<string>) {
    this.#operations = operations
  }

  /**
   * Adds a rule and returns its id.
   * @throws BadFaultRule
   */
  add(input: unknown): number {
    const parsed = faultRule.safeParse(input)
    if (!parsed.success) throw new BadFaultRule(`fault rule refused: ${z.prettifyError(parsed.error)}`)
    const rule = parsed.data
    if (rule.operation !== '*' && !this.#operations.has(rule.operation)) {
      const known = [...this.#operations].sort().join(', ')
      throw new BadFaultRule(`fault rule refused: no operation ${rule.operation}; use * or one of ${known}`)
    }
    const id = this.#nextId++
    this.#entries.push({ id, rule, random: seededRandom(rule.seed ?? DEFAULT_SEED), fired: 0 })
    return id
  }

  /** The active rules, without those that have applied `times` times. */
  list(): ActiveFault[] {
    return this.#entries.map(({ id, rule, fired }) => ({
      id,
      rule,
      fired,
      timesLeft: rule.times === undefined ? undefined : rule.times - fired,
    }))
  }

  remove(id: number): boolean {
    const before = this.#entries.length
    this.#entries = this.#entries.filter(entry => entry.id !== id)
    return this.#entries.length < before
  }

  clear(): void {
    this.#entries = []
  }

  /** Picks the rule that applies to a call, if any, and counts it. */
  fire(operation: string): { readonly id: number; readonly rule: FaultRule } | undefined {
    if (this.#entries.length === 0) return undefined
    for (const entry of this.#entries) {
      const { rule } = entry
      if (rule.operation !== '*' && rule.operation !== operation) continue
      if (rule.probability !== undefined && entry.random() >= rule.probability) continue
      entry.fired++
      if (entry.fired === rule.times) this.remove(entry.id)
      return entry
    }
    return undefined
  }
}
