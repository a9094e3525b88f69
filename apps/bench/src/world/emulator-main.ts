import { readFileSync } from 'node:fs'
import { createEmulator } from '@easemob-gateway/emulator'

/** The emulated vendor in a process of its own: its options stand as JSON in the file that the first argument names. */
const emulator = await createEmulator(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
process.once('SIGTERM', async () => {
  await emulator.close()
  process.exit(0)
})
process.stdout.write(`${JSON.stringify({ msg: 'listening', url: emulator.url })}\n`)
