import { contract } from '@easemob-gateway/contracts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { globalFlags } from '../../src/args/flag.ts'
import { inputFlags } from '../../src/args/input-flags.ts'
import { parseArgs } from '../../src/args/parse.ts'
import { CliFailure } from '../../src/failure.ts'

const create = inputFlags(contract.groups.create.input)
const needed = ['--groupname', 'x', '--desc', 'y']
const read = (...args: string[]) => parseArgs([...needed, ...args], [...create, ...globalFlags]).values

function refusal(run: () => unknown) {
  try {
    run()
  } catch (error) {
    if (error instanceof CliFailure) return error.report
  }
  throw new Error('not refused')
}

test('kebab, snake and camel case name the same flag', () => {
  for (const name of ['--members-only', '--members_only', '--membersOnly'])
    expect(read(name)).toHaveProperty('members_only', true)
  expect(read('--idempotency-key', 'k')).toHaveProperty('idempotency_key', 'k')
})

test('booleans are written in every usual way', () => {
  for (const args of [
    ['--public'],
    ['--public=true'],
    ['--public', 'true'],
    ['--public=1'],
    ['--no-public=false'],
  ])
    expect(read(...args), args.join(' ')).toHaveProperty('public', true)
  for (const args of [['--no-public'], ['--public=false'], ['--public', 'false'], ['--public=no']])
    expect(read(...args), args.join(' ')).toHaveProperty('public', false)
})

test('lists are comma-separated, repeated, or empty', () => {
  expect(read('--members', '2,4, 5', '--members=7')).toHaveProperty('members', ['2', '4', '5', '7'])
  expect(read('--members=')).toHaveProperty('members', [])
})

test('a flag that is not given is no field of the input', () => {
  expect(read()).toEqual({ groupname: 'x', desc: 'y' })
})

test('what follows -- is words, and a value may begin with a dash', () => {
  expect(parseArgs(['--desc', '-1', '--desc-', '--'].slice(0, 2).concat('--', '--x'), create, false)).toEqual(
    {
      values: { desc: '-1' },
      words: ['--x'],
    },
  )
  expect(read('--maxusers', '-5')).toHaveProperty('maxusers', -5)
})

test.each([
  [['--grupname', 'x'], 'unknown flag --grupname', 'Did you mean --groupname?'],
  [['--maxusers', 'many'], '--maxusers cannot be read', 'Write --maxusers N.'],
  [['--maxusers', '9007199254740993'], '--maxusers cannot be read', 'Write --maxusers N.'],
  [['--public=maybe'], '--public cannot be read', 'Write --[no-]public.'],
  [['--groupname', 'z'], '--groupname cannot be read', 'Write --groupname TEXT.'],
  [['--members'], '--members has no value', 'Write --members=VALUE.'],
  [['--members', '--json'], '--members has no value', 'Write --members=VALUE.'],
])('wrong usage %j is refused with what to write instead', (args, what, next) => {
  expect(refusal(() => read(...args))).toMatchObject({ what, next, code: 2 })
})

test('a missing required flag and a choice that does not exist are refused by name', () => {
  expect(refusal(() => parseArgs([], create)).what).toBe('--groupname, --desc missing')
  expect(
    refusal(() => parseArgs(['--registered', 'maybe'], inputFlags(contract.users.list.input))).why,
  ).toContain('yes, no, failed')
})

test('any text survives as a value', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      expect(parseArgs([`--desc=${text}`], create, false).values).toEqual({ desc: text })
    }),
  )
})
