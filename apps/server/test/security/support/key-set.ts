import { createServer } from 'node:http'
import type { JWTPayload } from 'jose'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'

type Algorithm = 'RS256' | 'ES256'

/** A key that signs tokens, and its public half as the set shows it. */
export interface SigningKey {
  readonly alg: Algorithm
  readonly jwk: JWK
  sign(claims: JWTPayload): Promise<string>
}

/** A key of an issuer. @param kid the name it goes by in the set */
export async function signingKey(alg: Algorithm, kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const exp = Math.floor(Date.now() / 1000) + 3600
  return {
    alg,
    jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' },
    sign: claims => new SignJWT({ exp, ...claims }).setProtectedHeader({ alg, kid }).sign(privateKey),
  }
}

/** A key set server on a free port. */
export interface KeySet {
  readonly url: string
  /** What it serves from now on. */
  show(...keys: SigningKey[]): void
  /** What it answers from now on in place of the keys; 200 alone: the keys again. */
  answer(status: number, body?: string): void
  /** How often it has been asked. */
  asked(): number
  close(): Promise<void>
}

export async function startKeySet(...first: SigningKey[]): Promise<KeySet> {
  let keys = first
  let asked = 0
  let given: { status: number; body?: string | undefined } = { status: 200 }
  const server = createServer((_, response) => {
    asked++
    response.setHeader('content-type', 'application/json')
    response.statusCode = given.status
    response.end(given.body ?? JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/jwks.json`,
    show(...next) {
      keys = next
    },
    answer(status, body) {
      given = { status, body }
    },
    asked: () => asked,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
