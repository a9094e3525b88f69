import { createClient, type GatewayClient, type Outputs } from '@easemob-gateway/client'
import { contract } from '@easemob-gateway/contracts'
import { getUntypedClient } from '@trpc/client'
import type { Io } from '../io.ts'
import { explain } from './explain.ts'
import { resolveSettings } from './settings.ts'

/** The gateway that a command calls. */
export interface Session {
  readonly client: GatewayClient
  /**
   * Calls the operation at a path such as `groups.create`; times out after 90 s.
   * @throws CliFailure with what happened and what to do next
   */
  call(kind: 'query' | 'mutation', path: string, input: unknown): Promise<unknown>
  /** Sends rows in one `users.import`. They are not checked here: the answer names the rows that the gateway refuses. */
  importUsers(rows: readonly object[]): Promise<Outputs['users']['import']>
  /** Converts what a call of `client` threw to a {@link CliFailure}. */
  explain(error: unknown): Error
}

const timeoutMs = 90_000

/** Makes the client of the gateway that flags, environment and profiles name. Sends nothing. */
export async function openSession(values: Readonly<Record<string, unknown>>, io: Io): Promise<Session> {
  const { url, token } = await resolveSettings(values, io)
  const client = createClient({ url, headers: { 'accept-language': 'en' }, ...(token && { token }) })
  const untyped = getUntypedClient(client)
  const explained = (error: unknown) =>
    explain(error, { url, hasToken: token !== undefined, dataDir: io.env.dataDir })
  const send: Session['call'] = (kind, path, input) =>
    untyped[kind](path, input, { signal: AbortSignal.timeout(timeoutMs) })
  return {
    client,
    call: (kind, path, input) =>
      send(kind, path, input).catch((error: unknown) => {
        throw explained(error)
      }),
    importUsers: async users =>
      contract.users.import.output.parse(await send('mutation', 'users.import', { users })),
    explain: explained,
  }
}
