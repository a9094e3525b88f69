import { clientAndEmulator } from './faulty-vendor.ts'

export type TokenResult = { exchangesCold: number; exchangesAfterRevocation: number; failed: number }

/** Makes `callers` calls at once on a new client, then again while the token is revoked during the calls. */
export async function coldThenRevoked(callers: number): Promise<TokenResult> {
  await using setup = await clientAndEmulator({}, { latencyMs: 5 })
  const { easemob, emulator } = setup
  const everyone = () =>
    Array.from({ length: callers }, () => easemob.token.get().then(() => easemob.users.list({ limit: 1 })))
  const cold = await Promise.allSettled(everyone())
  const exchangesCold = emulator.requests.counts()['token'] ?? 0
  const revoked = everyone()
  await revoked[0]
  emulator.revokeTokens()
  const after = await Promise.allSettled(revoked)
  return {
    exchangesCold,
    exchangesAfterRevocation: (emulator.requests.counts()['token'] ?? 0) - exchangesCold,
    failed: [...cold, ...after].filter(({ status }) => status === 'rejected').length,
  }
}
