import type { Ask } from '../measure/load.ts'
import { ask } from '../measure/load.ts'
import type { Running } from '../measure/process.ts'
import { fillPeople } from '../world/people.ts'
import type { World } from '../world/world.ts'

/** A migrated database with users, a vendor, and a gateway that uses both. */
export interface Stage {
  readonly databaseUrl: string
  readonly vendor: Running
  readonly gateway: Running
}

/**
 * Starts what most rows need.
 * @param people the number of users with accounts in the database
 */
export async function setStage(
  world: World,
  people: number,
  vendorOptions: Parameters<World['emulator']>[0] = {},
  env: Readonly<Record<string, string>> = {},
): Promise<Stage> {
  const databaseUrl = await world.postgres.database()
  const vendor = await world.emulator(vendorOptions)
  const gateway = await world.gateway({ databaseUrl, vendorUrl: vendor.url }, env)
  if (people > 0) await fillPeople(databaseUrl, world.passwordKey, people)
  return { databaseUrl, vendor, gateway }
}

/** Checks that servers do the same work. @throws Error when their answers differ */
export async function sameAnswer(servers: readonly Running[], one: Ask): Promise<void> {
  const answers = await Promise.all(servers.map(({ url }) => ask(url, one)))
  const [first] = answers
  for (const other of answers)
    if (other.status !== first?.status || other.text !== first.text)
      throw new Error(`${one.path}: the answers differ:\n${first?.text}\n${other.text}`)
}
