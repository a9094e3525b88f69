import type { Findings } from '../model/findings.ts'
import type { Random } from '../random.ts'
import type { Clients } from '../world/clients.ts'
import type { World } from '../world/world.ts'
import { firstId } from './people.ts'

/** The numbers on both sides after a run. */
export interface Registered {
  /** How many users the vendor has created, and how many it has. */
  readonly created: number
  readonly atVendor: number
  /** Users that were sent to the vendor again after a crash, and adopted. */
  readonly namedAgain: number
  readonly here: number
  /** How many passwords were compared with the vendor's. */
  readonly passwords: number
}

interface Look {
  readonly world: World
  readonly clients: Clients
  readonly findings: Findings
  readonly random: Random
  readonly users: number
}

const passwordsLookedAt = 1000
const atOnce = 8

/** Compares the vendor's users with those that the gateway has registered. */
export async function checkRegistered({
  world,
  clients,
  findings,
  random,
  users,
}: Look): Promise<Registered> {
  const { emulator } = world
  const { usersCreated: created, existingUsersNamed: namedAgain } = emulator.requests.tallies()
  const atVendor = emulator.state.users.count
  findings.check(
    'registeredOnce',
    created === users && atVendor === users,
    () => `the vendor made ${created} and has ${atVendor}, not ${users}`,
  )
  const { counts } = await clients.admin.system.status.query()
  findings.check('registeredAll', counts.accounts === users, () => `${counts.accounts} are registered here`)

  const offsets = random.some([...Array(users).keys()], passwordsLookedAt)
  const left = offsets.values()
  const look = async () => {
    for (const offset of left) {
      const id = String(firstId + offset)
      const { im_pwd_hash } = await clients.as(id).accounts.password.query()
      const accepted = emulator.state.users.get(id)?.password === im_pwd_hash
      findings.check('password', accepted, () => `user ${id}`)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, look))
  return { created, atVendor, namedAgain, here: counts.accounts, passwords: offsets.length }
}
