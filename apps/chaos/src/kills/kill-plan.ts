import type { FailpointName } from '../../../server/src/durable/failpoints.ts'
import type { Random } from '../random.ts'

/** How the next process is killed. */
export type Death =
  | { readonly at: 'random'; readonly afterMs: number }
  | { readonly at: string; readonly crashAt: string; readonly afterMs: number }

/** A process that has not reached its failpoint by then is killed anyway. */
const patienceMs = 2000
/** How often a failpoint is passed first, at most: often enough to have load, seldom enough to be reached in time. */
const passedAtMost = 12
/** Failpoints that a process passes only a few times. */
const rare = /^run\.started/
const seldom = /^(run|account)\./

/** Cycles through the failpoints; every third kill is at a random moment. */
export function* killPlan(random: Random, points: readonly FailpointName[]): Generator<Death, never> {
  for (let n = 0; ; n++) {
    if (n % 3 === 2) {
      yield { at: 'random', afterMs: random.int(20, 900) }
      continue
    }
    const point = points[(n - Math.floor(n / 3)) % points.length] ?? 'intent.performed'
    const most = rare.test(point) ? 0 : seldom.test(point) ? 2 : passedAtMost
    yield { at: point, crashAt: `${point}:${random.int(0, most)}`, afterMs: patienceMs }
  }
}
