/** What must hold, whatever dies and whenever. */
export const invariants = {
  sides: 'every group is known on both sides or on neither',
  once: 'one group for every request, and for every Idempotency-Key',
  owner: 'owner as last written',
  face: 'face as last written',
  name: 'name as last written',
  members: 'members as last written',
  password: 'no password is handed out that the vendor refuses',
  passwordKept: 'a password stands until it is reset',
  notices: 'the notice of every acknowledged change is delivered',
  noticeOnce: 'no change is told under two notice ids',
  noticeText: 'the same notice id says the same',
  registeredOnce: 'nobody is registered twice',
  registeredAll: 'runs end, with everyone registered and counted once',
  activation: 'deleted people are barred, restored ones are not',
  profile: 'imports stand',
  intents: 'no intent is older than 30 s',
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
