import { readFile } from 'node:fs/promises'
import { contract, operation } from '@easemob-gateway/contracts'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { commandsFile, commandsText } from '../../scripts/make-commands.ts'
import { localCommands } from '../../src/help/pages.ts'

test('the generated list of commands is the contract', async () => {
  const text = await readFile(commandsFile, 'utf8')
  expect(text, 'The list is stale. Run: pnpm --filter ./apps/cli make').toBe(commandsText(contract))
})

test('an operation that is added to the contract is listed with its summary, in its domain', () => {
  const added = operation({
    kind: 'query',
    summary: 'Rooms that anyone may join',
    access: 'user',
    errors: [],
    input: z.object({}),
    output: z.null(),
  })
  const listed = JSON.parse(commandsText({ ...contract, chatRooms: { listOpen: added } }))
  expect(listed).toEqual({
    ...JSON.parse(commandsText(contract)),
    'chat-rooms': { 'list-open': 'Rooms that anyone may join' },
  })
})

test('no domain of the contract is hidden by a command of this machine', () => {
  for (const domain of Object.keys(contract)) expect(Object.keys(localCommands)).not.toContain(domain)
})
