import type { Emulator } from '@easemob-gateway/emulator'
import type { Findings } from '../model/findings.ts'
import type { Ledger, TrackedGroup } from '../model/ledger.ts'
import type { Random } from '../random.ts'
import type { Clients } from '../world/clients.ts'
import { attempt } from './attempt.ts'

/** What every request of the load needs. */
export class Scene {
  readonly emulator: Emulator
  readonly clients: Clients
  readonly ledger: Ledger
  readonly findings: Findings
  readonly random: Random
  #nextId = 1000

  constructor(parts: Pick<Scene, 'emulator' | 'clients' | 'ledger' | 'findings' | 'random'>) {
    this.emulator = parts.emulator
    this.clients = parts.clients
    this.ledger = parts.ledger
    this.findings = parts.findings
    this.random = parts.random
  }

  /** A group that should exist; mostly one of the newest, so that writes are concurrent. */
  someGroup(): TrackedGroup | null {
    const groups = [...this.ledger.groups.values()].slice(-30).filter(({ exists }) => exists.allows(true))
    return groups.length === 0 ? null : this.random.pick(groups)
  }

  /** Up to `most` users; half of them are among the newest, who may have no account yet. */
  somePeople(most: number): string[] {
    const { people } = this.ledger
    const from = this.random.chance(0.5) ? people.slice(-10) : people
    return this.random.some(from, this.random.int(1, most))
  }

  /** Imports new users; false unless the import was acknowledged. */
  async importPeople(count: number): Promise<boolean> {
    const ids = Array.from({ length: count }, () => String(this.#nextId++))
    const users = ids.map(id => ({ id, name: `u${id}` }))
    const outcome = await attempt(this.ledger, this.clients.admin.users.import.mutate({ users }))
    if (outcome.kind !== 'acknowledged') return false
    this.ledger.people.push(...ids)
    return true
  }
}
