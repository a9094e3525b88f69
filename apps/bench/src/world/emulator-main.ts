import { readFileSync } from 'node:fs'
import { createEmulator } from '@easemob-gateway/emulator'

/** Runs the emulated vendor; the first argument names a file with its options as JSON. */
const emulator = await createEmulator(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
process.once('SIGTERM', async () => {
  await emulator.close()
  process.exit(0)
})
process.stdout.write(`${JSON.stringify({ msg: 'listening', url: emulator.url })}\n`)
