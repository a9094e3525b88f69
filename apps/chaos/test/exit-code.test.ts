import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Runs the program to its end. */
function run(args: readonly string[], env = {}): Promise<{ code: number | null; text: string }> {
  const child = spawn(process.execPath, [main, ...args], { env: { ...process.env, ...env } })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', part => {
      text += part
    })
  return new Promise(resolve => child.on('close', code => resolve({ code, text })))
}

it('reports violations and ends with 1 when RECOVERY=off', { timeout: 90_000 }, async () => {
  const { code, text } = await run(['--kills', '5', '--patience', '1000'], { RECOVERY: 'off' })
  expect(text).toContain('recovery off')
  expect(text).toMatch(/half done 1 s after a restart/)
  expect(text).toMatch(/[1-9]\d* violations\n$/)
  expect(code).toBe(1)
})

it('ends with 1 and names the argument it cannot read', async () => {
  const { code, text } = await run(['--kills', 'many'])
  expect(text).toContain('--kills must be a whole number above 0, not many')
  expect(code).toBe(1)
})

it('ends with 1 and names a variable it cannot read', async () => {
  const { code, text } = await run([], { RECOVERY: 'no' })
  expect(text).toContain('RECOVERY must be one of on, off, not no')
  expect(code).toBe(1)
})
