import { createClient, type GatewayClient } from '@easemob-gateway/client'
import { SignJWT } from 'jose'

/** Typed clients of one gateway, one for every person. */
export interface Clients {
  as(userId: string): GatewayClient
  readonly admin: GatewayClient
}

/** The administrator has no profile, and so cannot be mixed up with anyone. */
export const adminId = '999999999'

const answerWithinMs = 20_000

/** @param url where the gateway listens, through all its restarts */
export function createClients(url: string, secret: string): Clients {
  const kept = new Map<string, GatewayClient>()
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
      const client = kept.get(userId) ?? make(userId, false)
      kept.set(userId, client)
      return client
    },
    admin: make(adminId, true),
  }
}
