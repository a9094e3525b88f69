/** What must hold, whatever dies and whenever. */
export const invariants = {
  sides: 'every group is known on both sides or on neither',
  ownerAndFace: 'owner and face are equal on both sides, and as last written',
  password: "every account's password is accepted by the vendor",
  notices: 'every notice is delivered at least once',
  registeredOnce: 'no user is registered twice',
  acknowledged: 'every acknowledged write is present',
  nothingElse: 'nothing is there that nobody wrote',
  groupOnce: 'one group for every request, and for every Idempotency-Key',
  noticeId: 'no change is told under two notice ids, and no id says two things',
  registeredAll: 'runs end, with everyone registered and counted once',
  activation: 'deleted people are barred, restored ones are not',
  settled: 'no write stays half done',
  answers: 'while Postgres is away every answer is a 503, and it needs no restart',
  reached: 'everything that was to be killed was killed',
} as const
export type Invariant = keyof typeof invariants

/** Counts what was checked and keeps what did not hold. */
export class Findings {
  readonly checks = new Map<Invariant, number>()
  readonly violations = new Map<Invariant, Set<string>>()

  /** The same detail counts once, however often it is seen. */
  check(invariant: Invariant, holds: boolean, detail: () => string): void {
    this.checks.set(invariant, (this.checks.get(invariant) ?? 0) + 1)
    if (holds) return
    const found = this.violations.get(invariant) ?? new Set()
    found.add(detail())
    this.violations.set(invariant, found)
  }

  get total(): number {
    return [...this.violations.values()].reduce((sum, { size }) => sum + size, 0)
  }
}
