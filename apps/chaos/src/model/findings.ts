/** The invariants, which must hold after any crash. */
export const invariants = {
  sides: 'every group is known on both sides or on neither',
  ownerAndFace: 'owner and face are equal on both sides, and as last written',
  password: "every account's password is accepted by the vendor",
  notices: 'every notice is delivered at least once',
  registeredOnce: 'no user is registered twice',
  acknowledged: 'every acknowledged write is present',
  nothingElse: 'nothing exists that nobody wrote',
  groupOnce: 'one group for every request, and for every Idempotency-Key',
  noticeId: 'no change is sent under two notice ids, and no notice id has two texts',
  registeredAll: 'runs end, with everyone registered and counted once',
  activation: 'deleted users are deactivated, restored ones are active',
  completed: 'no write stays half done',
  answers: 'while Postgres is away every answer is a 503, and the gateway needs no restart',
  killed: 'everything that was to be killed was killed',
} as const
export type Invariant = keyof typeof invariants

/** Counts checks and stores violations. */
export class Findings {
  readonly checks = new Map<Invariant, number>()
  readonly violations = new Map<Invariant, Set<string>>()

  /** Counts a check, and stores its detail if it does not hold; a repeated detail counts once. */
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
