import { homedir } from 'node:os'
import { join } from 'node:path'

/** What the environment says; an empty variable counts as unset. */
export interface CliEnv {
  readonly gatewayUrl: string | undefined
  readonly gatewayToken: string | undefined
  /** Where the profiles are. */
  readonly configFile: string
  /** The embedded gateway's folder, which keeps the secret it made. */
  readonly dataDir: string
  readonly jwtSecret: string | undefined
  /** Claims the gateway may insist on. */
  readonly jwtIssuer: string | undefined
  readonly jwtAudience: string | undefined
}

/** Reads the environment of the process. */
export function readEnv(): CliEnv {
  const read = (name: string) => process.env[name] || undefined
  return {
    gatewayUrl: read('EASEMOB_GATEWAY_URL'),
    gatewayToken: read('EASEMOB_GATEWAY_TOKEN'),
    configFile: join(read('XDG_CONFIG_HOME') ?? join(homedir(), '.config'), 'easemob', 'config.json'),
    dataDir: read('DATA_DIR') ?? '.data',
    jwtSecret: read('JWT_SECRET'),
    jwtIssuer: read('JWT_ISSUER'),
    jwtAudience: read('JWT_AUDIENCE'),
  }
}
