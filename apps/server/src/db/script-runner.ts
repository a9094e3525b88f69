import postgres from 'postgres'

/** Runs texts of several statements, which may open and end transactions of their own. */
export interface ScriptRunner {
  run(text: string): Promise<Record<string, unknown>[]>
  close(): Promise<void>
}

/**
 * One connection for all scripts, one script after the other, so that a ROLLBACK meets the transaction that has failed.
 * A reserved connection of the pool would do as well, were it not that waiting for one never ends when the server goes
 * away meanwhile.
 *
 * @param url of the server; the connection is opened when it is needed
 * @param options of the driver, as for the pool
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
