import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { HELP } from '../src/cli/help.ts'
import { operations } from '../src/operations.ts'

const README = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

describe('the README', () => {
  test.each([...operations])('names the operation %s', operation => {
    const last = operation.slice(operation.lastIndexOf('.'))
    const family = operation.slice(0, operation.lastIndexOf('.') + 1)
    const row = README.split('\n').find(line => line.includes(`\`${family}`) && line.includes(`${last}\``))
    expect(README.includes(`\`${operation}\``) || row !== undefined).toBe(true)
  })

  test.each(HELP.match(/--[a-z-]+/g)?.filter(flag => flag !== '--help') ?? [])(
    'names the option %s',
    flag => {
      expect(README).toContain(flag)
    },
  )
})
