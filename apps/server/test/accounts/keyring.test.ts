import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createKeyring, keyId, newPassword } from '../../src/accounts/keyring.ts'

const [oldKey, newKey] = [randomBytes(32), randomBytes(32)]

test('what was encrypted is read back, and no two values are alike', () => {
  const ring = createKeyring([newKey])
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 1 }), (password, user) => {
      const value = ring.encrypt(password, user)
      expect(ring.decrypt(value, user)).toBe(password)
      expect(ring.encrypt(password, user)).not.toBe(value)
    }),
  )
})

test('a value names its key, and an older key of the ring still opens it', () => {
  const value = createKeyring([oldKey]).encrypt('secret', '1')
  expect(value.startsWith(`${keyId(oldKey)}.`)).toBe(true)
  expect(createKeyring([newKey, oldKey]).decrypt(value, '1')).toBe('secret')
  expect(() => createKeyring([newKey]).decrypt(value, '1')).toThrow(/IM_PASSWORD_KEY/)
})

test('a value moved to another user, or altered anywhere, does not open', () => {
  const ring = createKeyring([newKey])
  const value = ring.encrypt('secret', '1')
  expect(() => ring.decrypt(value, '2')).toThrow()
  const [id = '', sealed = ''] = value.split('.')
  const bytes = Buffer.from(sealed, 'base64url')
  for (let at = 0; at < bytes.length; at++) {
    const altered = Buffer.from(bytes)
    altered[at] = (altered[at] ?? 0) ^ 1
    expect(() => ring.decrypt(`${id}.${altered.toString('base64url')}`, '1')).toThrow()
  }
})

test('a password is 32 lower-case hex digits, never twice the same', () => {
  const passwords = Array.from({ length: 1000 }, newPassword)
  expect(passwords.every(password => /^[0-9a-f]{32}$/.test(password))).toBe(true)
  expect(new Set(passwords).size).toBe(passwords.length)
})
