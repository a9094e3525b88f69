import { setTimeout as delay } from 'node:timers/promises'
import {
  askPassword,
  importAndRun,
  importMortal,
  registerMortals,
  resetPassword,
} from './account-operations.ts'
import {
  addMembers,
  createGroup,
  deleteGroup,
  removeMembers,
  repeatCreation,
  updateGroup,
} from './group-operations.ts'
import type { Scene } from './scene.ts'

type Operation = (scene: Scene) => Promise<void>

/** How many of a hundred requests are of which kind. */
const mix: readonly (readonly [number, Operation])[] = [
  [20, createGroup],
  [5, repeatCreation],
  [20, updateGroup],
  [14, addMembers],
  [10, removeMembers],
  [8, deleteGroup],
  [8, resetPassword],
  [7, askPassword],
  [5, importMortal],
  [3, registerMortals],
]
const total = mix.reduce((sum, [share]) => sum + share, 0)

export interface LoadOptions {
  readonly clients: number
  /** ms a client thinks between two requests, at most */
  readonly thinkMs: number
  /** People who are imported, and registered by a run, beside all else; 0: no run. */
  readonly runOf: number
  readonly going: () => boolean
}

/** Many clients at once, until `going` says no; resolves when each has its last answer, or none any more. */
export async function load(scene: Scene, { clients, thinkMs, runOf, going }: LoadOptions): Promise<void> {
  const { random } = scene
  const client = async () => {
    while (going()) {
      await pick(random.next())(scene)
      await delay(random.int(0, thinkMs))
    }
  }
  const newcomers = scene.importPeople(8)
  const run = runOf > 0 ? importAndRun(scene, runOf) : null
  await Promise.all([newcomers, run, ...Array.from({ length: clients }, client)])
}

function pick(drawn: number): Operation {
  let left = drawn * total
  for (const [share, operation] of mix) {
    left -= share
    if (left < 0) return operation
  }
  return createGroup
}
