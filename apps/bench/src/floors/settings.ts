import { z } from 'zod'

const settings = z.object({
  databaseUrl: z.string(),
  vendorUrl: z.string(),
  jwtSecret: z.string(),
  passwordKey: z.string(),
  appKey: z.string(),
  clientId: z.string(),
  clientSecret: z.string(),
})

/** The addresses and secrets that a rival needs. */
export type Settings = z.infer<typeof settings>

/** Parses the settings from the first argument of a rival's process. */
export const readSettings = (): Settings => settings.parse(JSON.parse(process.argv[2] ?? '{}'))

/** Prints the line that reports a rival's port. */
export function announce(port: number): void {
  process.stdout.write(`${JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${port}` })}\n`)
}
