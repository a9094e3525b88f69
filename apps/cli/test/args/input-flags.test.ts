import { contract, walk } from '@easemob-gateway/contracts'
import { expect, test } from 'vitest'
import { globalFlags } from '../../src/args/flag.ts'
import { inputFlags } from '../../src/args/input-flags.ts'

test('flags come from the schema: kinds, required ones and limits', () => {
  const flags = inputFlags(contract.groups.update.input)
  const kinds = Object.fromEntries(flags.map(flag => [flag.name, flag.kind]))
  expect(kinds).toMatchObject({
    'im-group-id': 'text',
    maxusers: 'number',
    public: 'boolean',
    'group-face': 'number',
  })
  expect(flags.filter(flag => flag.required).map(flag => flag.name)).toEqual([
    'im-group-id',
    'groupname',
    'desc',
  ])
  expect(inputFlags(contract.users.list.input).find(flag => flag.name === 'registered')?.choices).toEqual([
    'yes',
    'no',
    'failed',
  ])
  expect(inputFlags(contract.groups.get.input)).toMatchObject([
    { name: 'im-group-id', kind: 'list', required: true },
  ])
  expect(inputFlags(contract.users.import.input)).toMatchObject([
    { name: 'users', kind: 'json', required: true },
  ])
  expect(inputFlags(contract.system.status.input)).toEqual([])
})

test('no field of any operation hides behind a global flag or another field', () => {
  for (const [path, { input }] of walk(contract)) {
    const names = [...inputFlags(input), ...globalFlags].map(flag => flag.name)
    expect(new Set(names).size, path).toBe(names.length)
  }
})
