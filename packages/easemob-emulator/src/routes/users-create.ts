import type { Call } from '../http/call.ts'
import { envelope } from '../http/envelope.ts'
import { duplicateUser, illegalArgument, resourceLimited } from '../http/errors.ts'
import { isObject } from '../http/fields.ts'
import type { UserRecord } from '../state/records.ts'
import { userEntity } from './user-entity.ts'
import { type Registration, registration } from './user-rules.ts'

const BATCH = 60

/** `POST /users`: one user, or up to 60 in an array. */
export function createUsers(call: Call): string {
  const asked = registrations(call.json())
  const { users } = call.state
  const failed: { username: string; registerUserFailReason: string }[] = []
  const fresh: Registration[] = []
  for (const one of asked) {
    if (users.get(one.name) === undefined) fresh.push(one)
    else failed.push({ username: one.name, registerUserFailReason: `the ${one.name} already exists` })
  }
  call.emulated.tallies.existingUsersNamed += failed.length
  if (fresh.length === 0) throw duplicateUser(alreadyExists(call, failed[0]?.username ?? ''))
  const limit = call.emulated.quota.users
  if (limit !== undefined && users.size + fresh.length > limit) throw resourceLimited()
  const entities = fresh.map(one => userEntity(addUser(call, one)))
  return envelope(call, {
    path: '/users',
    entities,
    ...(failed.length > 0 ? { data: failed } : {}),
  })
}

/** Registers a name known to be free. */
export function addUser(call: Call, { name, password, nickname }: Registration): UserRecord {
  const user: UserRecord = {
    seq: call.state.nextSeq(),
    name,
    password,
    created: call.at,
    modified: call.at,
    active: true,
    nickname,
  }
  call.emulated.store.commit({ op: 'user.put', user })
  call.emulated.tallies.usersCreated++
  return user
}

/** Checks all users before any is registered: an invalid one refuses the whole call. */
function registrations(body: unknown): Registration[] {
  const elements: unknown[] = Array.isArray(body) ? body : [body]
  if (elements.length > BATCH) {
    throw illegalArgument(
      `Request body array size[${elements.length}] had almost reached or been greater than the upper range value[${BATCH}]`,
    )
  }
  const byName = new Map<string, Registration>()
  for (const element of elements) {
    const one = registration(isObject(element) ? element : {})
    const same = byName.get(one.name)
    if (same !== undefined && same.password !== one.password) {
      throw duplicateUser(
        `the same user ${one.name} has a different password, the passwords are [******, ******]`,
      )
    }
    if (same === undefined) byName.set(one.name, one)
  }
  if (byName.size === 0) throw illegalArgument('Entity user requires a property named username')
  return [...byName.values()]
}

const alreadyExists = (call: Call, name: string) =>
  `Application ${call.emulated.applicationId} Entity user requires that property named username be unique, value of ${name} exists`
