import { close } from '../model/ledger.ts'
import { attempt } from './attempt.ts'
import type { Scene } from './scene.ts'

/** Resets a password and reads it afterwards. */
export async function resetPassword(scene: Scene): Promise<void> {
  const { ledger, clients, random } = scene
  await locked(scene, random.pick(ledger.people), async id => {
    const before = ledger.passwords.get(id) ?? null
    ledger.passwords.set(id, null)
    const outcome = await attempt(ledger, clients.as(id).accounts.resetPassword.mutate())
    if (outcome.kind !== 'acknowledged' && random.chance(0.5)) return
    const now = await readPassword(scene, id)
    if (outcome.kind !== 'acknowledged' || before === null || now === null) return
    scene.findings.check('acknowledged', now !== before, () => `user ${id}: the old password is back`)
  })
}

/** Reads a password from the gateway. */
export async function askPassword(scene: Scene): Promise<void> {
  const { ledger, random } = scene
  await locked(scene, random.pick(ledger.people), id => readPassword(scene, id))
}

/** Reads a password and checks that it is the vendor's and, unless reset, the one that was read before; null: no answer. */
export async function readPassword(
  { ledger, clients, emulator, findings }: Scene,
  id: string,
): Promise<string | null> {
  const outcome = await attempt(ledger, clients.as(id).accounts.password.query())
  if (outcome.kind !== 'acknowledged') return null
  const password = outcome.value.im_pwd_hash
  const earlier = ledger.passwords.get(id) ?? null
  findings.check('password', emulator.state.users.get(id)?.password === password, () => `user ${id}`)
  findings.check(
    'acknowledged',
    earlier === null || earlier === password,
    () => `user ${id}: another password`,
  )
  ledger.passwords.set(id, password)
  return password
}

async function locked({ ledger }: Scene, id: string, work: (id: string) => Promise<unknown>): Promise<void> {
  if (ledger.locked.has(id)) return
  ledger.locked.add(id)
  await work(id).finally(() => ledger.locked.delete(id))
}

/** Deletes or restores a user, also during their registration. */
export async function importMortal(scene: Scene): Promise<void> {
  const { ledger, clients, random } = scene
  const id = random.pick([...ledger.mortals.keys()])
  const register = ledger.mortals.get(id)
  if (!register) return
  const active = random.chance(0.5)
  const write = register.begin(active)
  const deleted_at = active ? null : '2026-01-01 00:00:00'
  const request = clients.admin.users.import.mutate({ users: [{ id, name: `u${id}`, deleted_at }] })
  close(register, write, await attempt(ledger, request))
}

export async function registerMortals({ ledger, clients, random }: Scene): Promise<void> {
  const user_ids = random.some([...ledger.mortals.keys()], 3)
  await attempt(ledger, clients.admin.accounts.registerMany.mutate({ user_ids }))
}

/** Imports unregistered users, and starts a run for them or waits for the running one. */
export async function importAndRun(scene: Scene, count: number): Promise<void> {
  await scene.importPeople(count)
  await attempt(scene.ledger, scene.clients.admin.accounts.registerMissing.mutate({ wait: 0 }))
}
