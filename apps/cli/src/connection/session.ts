import { createClient, type GatewayClient, type Outputs } from '@easemob-gateway/client'
import { contract } from '@easemob-gateway/contracts'
import { getUntypedClient } from '@trpc/client'
import type { Io } from '../io.ts'
import { explain } from './explain.ts'
import { resolveSettings } from './settings.ts'

/** A gateway to call. */
export interface Session {
  readonly client: GatewayClient
  /**
   * Calls an operation named at run time; gives up after 90 s.
   * @throws CliFailure that tells what happened
   */
  call(kind: 'query' | 'mutation', path: string, input: unknown): Promise<unknown>
  /** Sends people in one `users.import`, unchecked here: the gateway says which rows it refuses, and why. */
  importUsers(rows: readonly object[]): Promise<Outputs['users']['import']>
  /** Makes a failure that can be told out of whatever a call of the client threw. */
  explain(error: unknown): Error
}

const patience = 90_000

/** Opens the gateway that flags, environment and profiles name. Nothing is sent yet. */
export async function openSession(values: Readonly<Record<string, unknown>>, io: Io): Promise<Session> {
  const { url, token } = await resolveSettings(values, io)
  const client = createClient({ url, headers: { 'accept-language': 'en' }, ...(token && { token }) })
  const untyped = getUntypedClient(client)
  const told = (error: unknown) =>
    explain(error, { url, hasToken: token !== undefined, dataDir: io.env.dataDir })
  const send: Session['call'] = (kind, path, input) =>
    untyped[kind](path, input, { signal: AbortSignal.timeout(patience) })
  return {
    client,
    call: (kind, path, input) =>
      send(kind, path, input).catch((error: unknown) => {
        throw told(error)
      }),
    importUsers: async users =>
      contract.users.import.output.parse(await send('mutation', 'users.import', { users })),
    explain: told,
  }
}
