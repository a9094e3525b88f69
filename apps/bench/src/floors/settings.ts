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

/** Where a rival finds things, and its secrets. */
export type Settings = z.infer<typeof settings>

/** The first argument of a rival's process. */
export const readSettings = (): Settings => settings.parse(JSON.parse(process.argv[2] ?? '{}'))

/** Says where a rival listens. */
export function announce(port: number): void {
  process.stdout.write(`${JSON.stringify({ msg: 'listening', url: `http://127.0.0.1:${port}` })}\n`)
}
