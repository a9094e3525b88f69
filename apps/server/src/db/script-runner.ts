import postgres from 'postgres'

/** Runs scripts of several statements, which may contain transactions. */
export interface ScriptRunner {
  /** Runs a script and returns the rows of all its statements. @throws the driver's error, after a ROLLBACK */
  run(text: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/**
 * Makes a runner with one connection, which runs one script at a time, so that a ROLLBACK ends the transaction that has
 * failed. It does not use a reserved connection of the pool, because waiting for one never ends when the server goes down
 * meanwhile.
 *
 * @param url the server's; the connection is opened by the first script
 * @param options the driver's, as for the pool
 */
export function createScriptRunner(url: string, options: postgres.Options<never>): ScriptRunner {
  const client = postgres(url, { ...options, max: 1 })
  let last: Promise<unknown> = Promise.resolve()

  async function execute(text: string): Promise<Record<string, unknown>[]> {
    try {
      const results = await client.unsafe(text).simple()
      return results.flatMap(result => (Array.isArray(result) ? [...result] : [result]))
    } catch (error) {
      await client
        .unsafe('rollback')
        .simple()
        .catch(() => undefined)
      throw error
    }
  }

  return {
    run(text) {
      const run = last.then(() => execute(text))
      last = run.catch(() => undefined)
      return run
    },
    close: () => client.end({ timeout: 5 }),
  }
}
