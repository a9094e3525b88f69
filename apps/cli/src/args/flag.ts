/** A flag of a command. */
export interface Flag {
  /** The name on the command line, without dashes: `im-group-id`. */
  readonly name: string
  /** The field of the input that takes the value: `im_group_id`. */
  readonly field: string
  readonly kind: 'text' | 'number' | 'boolean' | 'choice' | 'list' | 'json'
  readonly choices?: readonly string[]
  readonly required?: boolean
  /** What help says about the flag. */
  readonly about: string
}

/** The flags that every command takes. */
export const globalFlags: readonly Flag[] = [
  { name: 'json', field: 'json', kind: 'boolean', about: 'print the raw result, and nothing else on stdout' },
  { name: 'url', field: 'url', kind: 'text', about: 'the gateway, else EASEMOB_GATEWAY_URL or the profile' },
  {
    name: 'token',
    field: 'token',
    kind: 'text',
    about: 'the token, else EASEMOB_GATEWAY_TOKEN or the profile',
  },
  { name: 'profile', field: 'profile', kind: 'text', about: 'a profile of the config file, else "default"' },
  { name: 'help', field: 'help', kind: 'boolean', about: 'how a command is used' },
]

/** A flag as help shows it: `--members A,B,…`. */
export function flagUsage({ name, kind, choices }: Flag): string {
  const values = {
    text: ' TEXT',
    number: ' N',
    boolean: '',
    choice: ` ${choices?.join('|')}`,
    list: ' A,B,…',
    json: ' JSON',
  }
  return kind === 'boolean' ? `--[no-]${name}` : `--${name}${values[kind]}`
}
