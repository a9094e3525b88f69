import { createClient, type GatewayClient } from '@easemob-gateway/client'
import { SignJWT } from 'jose'

/** Typed clients of a gateway, one for every user. */
export interface Clients {
  as(userId: string): GatewayClient
  readonly admin: GatewayClient
}

/** The administrator is not imported, so that no user has this id. */
export const adminId = '999999999'

const answerWithinMs = 20_000

/** @param url the gateway's URL, the same after every restart */
export function createClients(url: string, secret: string): Clients {
  const clients = new Map<string, GatewayClient>()
  const make = (id: string, admin: boolean): GatewayClient => {
    const token = new SignJWT(admin ? { scope: 'easemob:admin' } : {})
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(id)
      .setIssuedAt()
      .setExpirationTime('1d')
      .sign(new TextEncoder().encode(secret))
    return createClient({
      url,
      token: () => token,
      fetch: (input, init) => {
        const patience = AbortSignal.timeout(answerWithinMs)
        const signal = init?.signal ? AbortSignal.any([init.signal, patience]) : patience
        return fetch(input, { ...init, signal })
      },
    })
  }
  return {
    as(userId) {
      const client = clients.get(userId) ?? make(userId, false)
      clients.set(userId, client)
      return client
    },
    admin: make(adminId, true),
  }
}
