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

/** The frequency of each type of request, in percent. */
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
  /** The longest pause of a client between two requests, in ms. */
  readonly thinkMs: number
  /** How many users are imported and registered by a run meanwhile; 0: no run. */
  readonly runOf: number
  readonly going: () => boolean
}

/** Runs many clients until `going` returns false; resolves when the last request of each has ended. */
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
