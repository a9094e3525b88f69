import { expect, test } from 'vitest'
import { findOperation } from '../../src/commands/find-operation.ts'

test.each(['addMembers', 'add-members', 'add_members'])('groups %s names groups.addMembers', name => {
  expect(findOperation('groups', name)).toMatchObject({
    path: 'groups.addMembers',
    command: 'groups add-members',
  })
})

test.each([
  ['grups', undefined, 'Did you mean easemob groups?'],
  ['confg', undefined, 'Did you mean easemob config?'],
  ['groups', 'delte', 'Did you mean easemob groups delete?'],
  ['groups', 'constructor', 'See easemob groups --help.'],
  ['constructor', 'get', 'See easemob --help.'],
])('easemob %s %s is refused with what to write instead', (domain, name, next) => {
  expect(() => findOperation(domain, name)).toThrow(
    expect.objectContaining({ report: expect.objectContaining({ next, code: 2 }) }),
  )
})
