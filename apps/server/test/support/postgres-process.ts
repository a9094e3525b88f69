import { startPostgres } from './postgres.ts'

// A process of its own: the library hooks the exit of whatever imports it, and a test run must end with its own code.
const postgres = await startPostgres()
process.stdout.write(`${postgres.url}\n`)
process.stdin.resume().once('end', async () => {
  await postgres.stop()
  process.exit(0)
})
