import { createEmulator } from '@easemob-gateway/emulator'

/** The emulated vendor in a process of its own: its options are the first argument, as JSON. */
const emulator = await createEmulator(JSON.parse(process.argv[2] ?? '{}'))
process.once('SIGTERM', async () => {
  await emulator.close()
  process.exit(0)
})
process.stdout.write(`${JSON.stringify({ msg: 'listening', url: emulator.url })}\n`)
