import { RegExpRouter } from 'hono/router/reg-exp-router'
import { SmartRouter } from 'hono/router/smart-router'
import { TrieRouter } from 'hono/router/trie-router'
import type { Route } from '../routes/route.ts'

/** A route and the parameters of the path. */
export interface Match {
  readonly route: Route
  readonly params: Readonly<Record<string, string>>
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const

/** Finds routes by method and path with Hono's routers, which compile all paths into one matcher on first use. */
export class RouteTable {
  readonly #router = new SmartRouter<Route>({ routers: [new RegExpRouter(), new TrieRouter()] })

  constructor(routes: readonly Route[]) {
    for (const route of routes) this.#router.add(route.method, route.path, route)
  }

  /** @returns `wrong-method` when the path exists with other methods only, undefined when it does not exist */
  match(method: string, path: string): Match | 'wrong-method' | undefined {
    const found = this.#find(method, path)
    if (found !== undefined) return found
    return METHODS.some(other => this.#find(other, path) !== undefined) ? 'wrong-method' : undefined
  }

  #find(method: string, path: string): Match | undefined {
    const result = this.#router.match(method, path)
    const first = result[0][0]
    if (first === undefined) return undefined
    const stash = result[1]
    const params: Record<string, string> = {}
    for (const [name, value] of Object.entries(first[1])) {
      params[name] = decode(typeof value === 'number' ? (stash?.[value] ?? '') : value)
    }
    return { route: first[0], params }
  }
}

function decode(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
