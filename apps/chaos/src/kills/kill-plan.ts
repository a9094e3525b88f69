import type { FailpointName } from '../../../server/src/durable/failpoints.ts'
import type { Random } from '../random.ts'

/** How the next process is to die. */
export type Death =
  | { readonly at: 'random'; readonly afterMs: number }
  | { readonly at: string; readonly crashAt: string; readonly afterMs: number }

/** A process that has not come by its point by then is killed where it stands. */
const patienceMs = 2000
/** How often a point may be passed before: enough to be in the midst of everything, few enough to be reached. */
const passedAtMost = 12
/** Points that are passed once or a few times in a run. */
const rare = /^run\.started/
const seldom = /^(run|account)\./

/** Goes round the points, and kills at any moment every third time. */
export function* killPlan(random: Random, points: readonly FailpointName[]): Generator<Death, never> {
  for (let turn = 0; ; turn++) {
    if (turn % 3 === 2) {
      yield { at: 'random', afterMs: random.int(20, 900) }
      continue
    }
    const point = points[(turn - Math.floor(turn / 3)) % points.length] ?? 'intent.performed'
    const most = rare.test(point) ? 0 : seldom.test(point) ? 2 : passedAtMost
    yield { at: point, crashAt: `${point}:${random.int(0, most)}`, afterMs: patienceMs }
  }
}
