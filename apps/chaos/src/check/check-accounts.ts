import { readPassword } from '../load/account-operations.ts'
import type { Scene } from '../load/scene.ts'

const atOnce = 8
const pageSize = 100

/** Checks the passwords of some users; none of them may be reset meanwhile. */
export async function checkPasswords(scene: Scene, ids: readonly string[]): Promise<void> {
  await each(ids, id => readPassword(scene, id))
}

/** Checks that every registered user can log in at the vendor with the password that the gateway returns. */
export async function checkLogins(scene: Scene): Promise<void> {
  const { emulator, clients, ledger, findings } = scene
  const registered = await listUsers(scene, 'yes')
  const url = `${emulator.url}/${emulator.appKey.replace('#', '/')}/token`
  await each(
    registered.filter(({ deleted_at }) => deleted_at === null),
    async ({ id }) => {
      const { im_pwd_hash } = await clients.as(id).accounts.password.query()
      const body = JSON.stringify({ grant_type: 'password', username: id, password: im_pwd_hash })
      const { status } = await fetch(url, { method: 'POST', body })
      findings.check('password', status === 200, () => `user ${id}: the vendor answers ${status}`)
    },
  )
  const { usersCreated } = emulator.requests.tallies()
  const known = new Set(registered.map(({ id }) => id))
  for (const id of ledger.people)
    findings.check('acknowledged', known.has(id), () => `user ${id} was imported and is not registered`)
  findings.check(
    'registeredOnce',
    usersCreated === emulator.state.users.count,
    () => `${usersCreated} made of ${emulator.state.users.count}`,
  )
  for (const { username } of emulator.state.users.list())
    findings.check('nothingElse', known.has(username), () => `${username} is at the vendor only`)
}

/** Checks that all runs have ended, that their numbers add up, and that every user is registered. */
export async function checkRuns(scene: Scene): Promise<void> {
  const { clients, findings } = scene
  await clients.admin.accounts.registerMissing.mutate({ wait: 60 })
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await clients.admin.runs.list.query({ limit: pageSize, ...(cursor ? { cursor } : {}) })
    for (const { id, state, total, done, failed } of page.runs)
      findings.check(
        'registeredAll',
        state === 'done' && done === total && failed === 0,
        () => `run ${id} is ${state} with ${done} + ${failed} of ${total}`,
      )
    cursor = page.cursor
  }
  for (const unregistered of ['no', 'failed'] as const)
    for (const { id, deleted_at } of await listUsers(scene, unregistered))
      findings.check('registeredAll', deleted_at !== null, () => `user ${id} is not registered`)
}

/** Checks that deleted users are deleted here and deactivated at the vendor, and that the others are not. */
export async function checkMortals(scene: Scene, drained: boolean): Promise<void> {
  const { ledger, clients, emulator, findings } = scene
  await each([...ledger.mortals.keys()], async id => {
    const register = ledger.mortals.get(id)
    const { deleted_at } = await clients.admin.users.get.query({ id })
    const active = deleted_at === null
    findings.check(
      'acknowledged',
      register?.allows(active) === true,
      () => `user ${id} is ${active ? '' : 'not '}active`,
    )
    register?.reset(active)
    const account = emulator.state.users.get(id)
    if (drained && account)
      findings.check('activation', account.activated === active, () => `user ${id} at the vendor`)
  })
}

async function listUsers({ clients }: Scene, registered: 'yes' | 'no' | 'failed') {
  const found: { id: string; deleted_at: string | null }[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await clients.admin.users.list.query({
      limit: pageSize,
      registered,
      ...(cursor ? { cursor } : {}),
    })
    found.push(...page.users)
    cursor = page.cursor
  }
  return found
}

async function each<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  const queue = items.values()
  const worker = async () => {
    for (const item of queue) await work(item)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}
