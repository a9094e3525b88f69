import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Runs the program to its end. */
function run(...args: string[]): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [main, ...args])
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', part => {
      text += part
    })
  return new Promise(resolve => child.on('close', code => resolve({ code, text })))
}

it('ends with 1 when something did not hold, and says what', { timeout: 90_000 }, async () => {
  // Five kills without recovery leave something half done.
  const { code, text } = await run('--kills', '5', '--recovery', 'off', '--patience', '1000')
  expect(text).toMatch(/left 1 s after a restart/)
  expect(code).toBe(1)
})

it('ends with 1 and names the argument it cannot read', async () => {
  const { code, text } = await run('--kills', 'many')
  expect(text).toContain('--kills must be a whole number above 0, not many')
  expect(code).toBe(1)
})
