import { loadProcessEnv } from '../env.ts'
import { banner } from './banner.ts'
import { createLog } from './log.ts'
import { scrub } from './scrub.ts'
import { start } from './start.ts'

/** Runs a gateway with the environment of this process until SIGINT or SIGTERM; a second signal ends it at once. */
export async function run(): Promise<void> {
  const loaded = loadProcessEnv()
  if ('problems' in loaded) {
    for (const problem of loaded.problems) process.stderr.write(`${problem}\n`)
    process.exit(1)
  }
  const { env } = loaded
  const log = createLog(env.logLevel)
  // By default Node prints the error unchanged, with every value that was bound to a failed statement.
  process.on('uncaughtException', error => {
    log.fatal({ err: error }, 'uncaught exception, exiting')
    process.exit(1)
  })
  const stopping = new AbortController()
  let stop = async () => {}

  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, async () => {
      if (stopping.signal.aborted) process.exit(1)
      stopping.abort()
      await stop()
      process.exit(0)
    })

  try {
    const running = await start(env, log, stopping.signal)
    stop = running.stop
    const { url, emulatorUrl, services } = running
    // Not through the log, since scripts wait for this line at any log level.
    process.stdout.write(`${JSON.stringify({ msg: 'listening', url, emulatorUrl, pid: process.pid })}\n`)
    if (emulatorUrl && services.env.jwtSecret)
      process.stdout.write(await banner(url, emulatorUrl, services.env.jwtSecret))
  } catch (error) {
    process.stderr.write(
      `easemob-gateway could not start: ${scrub(error instanceof Error ? error.message : String(error))}\n`,
    )
    process.exit(1)
  }
}
