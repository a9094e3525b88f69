import { z } from 'zod'
import { seededRandom } from './random.ts'
import { type FaultRule, faultRule } from './rule.ts'

/** A rule that is on, and how often it fired. */
export interface ActiveFault {
  readonly id: number
  readonly rule: FaultRule
  readonly fired: number
  /** undefined: no end */
  readonly timesLeft: number | undefined
}

interface Entry {
  readonly id: number
  readonly rule: FaultRule
  readonly random: () => number
  fired: number
}

const DEFAULT_SEED = 1

/** A rule that cannot be understood; the message names every mistake. */
export class BadFaultRule extends Error {
  override name = 'BadFaultRule'
}

/** The fault rules, in the order they were added: the first that fires wins. */
export class Faults {
  readonly #operations: ReadonlySet<string>
  #entries: Entry[] = []
  #nextId = 1

  /** @param operations the names a rule may have, besides `*` */
  constructor(operations: ReadonlySet<string>) {
    this.#operations = operations
  }

  /**
   * Adds a rule and gives its id.
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

  /** The rules that are on; spent ones are gone. */
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

  /** The rule that fires for this call, if any. */
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
