import type { Handler } from '../http/call.ts'
import { groupAnswer } from '../http/envelope.ts'
import { namedGroup } from './group-entity.ts'
import { type Route, route } from './route.ts'

const disable =
  (disabled: boolean): Handler =>
  call => {
    const { record } = namedGroup(call)
    call.emulated.store.commit({ op: 'group.put', group: { ...record, disabled } })
    return groupAnswer(call, { disabled })
  }

const group = '/chatgroups/:groupid'

/** Disabling and enabling a group. */
export const groupDisablingRoutes: readonly Route[] = [
  route('POST', `${group}/disable`, 'groups.disable', disable(true)),
  route('POST', `${group}/enable`, 'groups.enable', disable(false)),
]
