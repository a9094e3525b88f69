import { request } from 'undici'
import { getText } from './get.ts'

/** An HTTP answer and its parsed body. */
export interface Answer {
  readonly status: number
  readonly text: string
  /** undefined when the body is not JSON */
  readonly body: unknown
}

interface Asked {
  readonly token?: string | undefined
  readonly raw?: string
}

export interface VendorClient {
  readonly token: string
  /** Calls the emulated app with the app token, or with the token in `asked`; none when that is undefined. */
  call(method: string, path: string, body?: unknown, asked?: Asked): Promise<Answer>
  /** Registers users with password `secret`. */
  register(...names: string[]): Promise<void>
  /** Creates a group and returns its id. */
  group(owner: string, members?: string[], fields?: object): Promise<string>
}

interface Address {
  readonly url: string
  readonly appKey: string
  readonly clientId: string
  readonly clientSecret: string
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
const isMethod = (method: string): method is Method => /^(GET|POST|PUT|DELETE|PATCH)$/.test(method)

/** Makes an HTTP request without a token. */
export async function http(
  url: string,
  method: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  if (!isMethod(method)) throw new TypeError(method)
  const response = await request(url, { method, headers, ...(body === undefined ? {} : { body }) })
  const text = await response.body.text()
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    parsed = undefined
  }
  return { status: response.statusCode, text, body: parsed }
}

export const appToken = async ({ url, appKey, clientId, clientSecret }: Address): Promise<string> => {
  const { body } = await http(
    `${url}/${appKey.replace('#', '/')}/token`,
    'POST',
    JSON.stringify({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
  )
  return getText(body, 'access_token')
}

/** A client of a running emulator. */
export async function connect(address: Address, known?: string): Promise<VendorClient> {
  const token = known ?? (await appToken(address))
  const base = `${address.url}/${address.appKey.replace('#', '/')}`
  const call: VendorClient['call'] = (method, path, body, asked = {}) => {
    const bearer = 'token' in asked ? asked.token : token
    const text = asked.raw ?? (body === undefined ? undefined : JSON.stringify(body))
    return http(base + path, method, text, bearer === undefined ? {} : { authorization: `Bearer ${bearer}` })
  }
  return {
    token,
    call,
    async register(...names) {
      for (let at = 0; at < names.length; at += 60) {
        const batch = names.slice(at, at + 60).map(username => ({ username, password: 'secret' }))
        await call('POST', '/users', batch)
      }
    },
    async group(owner, members = [], fields = {}) {
      const { body } = await call('POST', '/chatgroups', { public: true, owner, members, ...fields })
      return getText(body, 'data.groupid')
    },
  }
}
