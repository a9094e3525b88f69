import { homedir } from 'node:os'
import { join } from 'node:path'

/** The environment variables of the command line; an empty one counts as unset. */
export interface CliEnv {
  readonly gatewayUrl: string | undefined
  readonly gatewayToken: string | undefined
  /** The path of the file with the profiles. */
  readonly configFile: string
  /** The data folder of an embedded gateway, which stores the JWT secret it made. */
  readonly dataDir: string
  readonly jwtSecret: string | undefined
  /** The `iss` and `aud` that the gateway may require in a token. */
  readonly jwtIssuer: string | undefined
  readonly jwtAudience: string | undefined
}

/** Reads the environment of this process. */
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
