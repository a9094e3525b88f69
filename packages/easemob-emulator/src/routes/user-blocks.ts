import type { Call } from '../http/call.ts'
import { envelope } from '../http/envelope.ts'
import { serviceNotFound } from '../http/errors.ts'
import { namedUser, type Route, route } from './route.ts'
import { userEntity } from './user-entity.ts'
import { usernames } from './usernames.ts'

function addBlocks(call: Call): string {
  const { name: owner } = namedUser(call)
  const names = usernames(call.object()['usernames'])
  if (names.some(name => call.state.users.get(name) === undefined)) throw serviceNotFound()
  call.emulated.store.commit({ op: 'block', owner, names, blocked: true })
  return envelope(call, { entities: [], data: names })
}

function listBlocks(call: Call): string {
  const data = [...call.state.people.blocks(namedUser(call).name)]
  return envelope(call, { entities: [], data, count: data.length })
}

function removeBlock(call: Call): string {
  const { name: owner } = namedUser(call)
  const blocked = call.state.users.get(call.param('blocked'))
  if (blocked === undefined) throw serviceNotFound()
  call.emulated.store.commit({ op: 'block', owner, names: [blocked.name], blocked: false })
  return envelope(call, { path: '/users', entities: [userEntity(blocked)] })
}

const path = '/users/:username/blocks/users'

/** The block list of a user. */
export const userBlockRoutes: readonly Route[] = [
  route('POST', path, 'users.blocks.add', addBlocks),
  route('GET', path, 'users.blocks.list', listBlocks),
  route('DELETE', `${path}/:blocked`, 'users.blocks.remove', removeBlock),
]
