import { inputFields } from '@easemob-gateway/contracts'
import fc from 'fast-check'
import { operations } from './call-faces.ts'
import { values } from './hostile.ts'

/** The group that the batch is about; put in place of this word just before sending. */
export const theGroup = '31415926535897'

const people = fc.constantFrom('1', '2', '3', '50', '51')
const row = fc.record(
  {
    id: fc.oneof(fc.constantFrom('60', '61', 62), values),
    name: fc.oneof(fc.constantFrom('ok'), values),
    sex: values,
    created_at: values,
    deleted_at: values,
    extra: values,
    verified: values,
    bio: values,
  },
  { requiredKeys: ['id', 'name'] },
)

/** What each field would hold if its caller meant well. */
const honest: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  user_id: people,
  user_ids: fc.array(people, { minLength: 1, maxLength: 3 }),
  members: fc.array(people, { minLength: 1, maxLength: 3 }),
  im_group_id: fc.oneof(fc.constant(theGroup), fc.constant([theGroup]), fc.constant('1')),
  groupname: fc.constantFrom('g', 'ok'),
  desc: fc.constant('d'),
  users: fc.array(row, { maxLength: 3 }),
  wait: fc.constantFrom(0, 1),
  id: fc.constantFrom('1', '2', '404'),
  limit: fc.constantFrom(1, 100),
  cursor: fc.constantFrom('1', '9999999999999999'),
  name: fc.constant('o'),
  maxusers: fc.constantFrom(3, 200, '300'),
}

/** Inputs of an operation: each field honest, hostile or left out, with keys that nobody asked for. */
export function inputOf(path: string): fc.Arbitrary<Record<string, unknown>> {
  const operation = operations.get(path)
  const names = operation ? Object.keys(inputFields(operation.input)) : []
  const fields = names.map(name =>
    fc.oneof(
      { weight: 3, arbitrary: (honest[name] ?? values).map(value => ({ [name]: value })) },
      { weight: 3, arbitrary: waitingNever(name, values).map(value => ({ [name]: value })) },
      { weight: 1, arbitrary: fc.constant({}) },
    ),
  )
  const strange = fc.oneof(
    { weight: 5, arbitrary: fc.constant({}) },
    {
      weight: 1,
      arbitrary: fc.dictionary(fc.constantFrom('__proto__', 'constructor', 'owner', 'a.b', 'a[b]'), values),
    },
  )
  return fc.tuple(...fields, strange).map(parts => Object.fromEntries(parts.flatMap(Object.entries)))
}

/** A run that is waited for is time that finds nothing. */
function waitingNever(name: string, arbitrary: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return name === 'wait'
    ? arbitrary.filter(value => !/^"?\s*[1-9]/.test(JSON.stringify(value) ?? ''))
    : arbitrary
}
