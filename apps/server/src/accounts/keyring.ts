import { createCipheriv, createDecipheriv, createHash, createSecretKey, randomBytes } from 'node:crypto'

/** Encrypts IM passwords at rest with AES-256-GCM. The first key encrypts; all keys decrypt. */
export interface Keyring {
  /** The key that new values are encrypted with. */
  readonly currentId: string
  /** `<key id>.<base64url of nonce, ciphertext and tag>`, authenticated with the user id: valid for this user only. */
  encrypt(password: string, userId: string): string
  /** @throws Error when the value's key is not in the ring, or the value was altered or belongs to another user. */
  decrypt(value: string, userId: string): string
}

const nonceBytes = 12
const tagBytes = 16

/**
 * @param keys 32-byte keys, the current one first
 * @example createKeyring([randomBytes(32)]).encrypt('2daefb9d…', '2')
 */
export function createKeyring(keys: readonly Uint8Array[]): Keyring {
  // Key objects, since Node imports a key of plain bytes again for every use.
  const ring = new Map(keys.map(key => [keyId(key), createSecretKey(key)]))
  const [first] = ring
  if (!first) throw new Error('No key to encrypt IM passwords with: set IM_PASSWORD_KEY')
  const [currentId, current] = first
  return {
    currentId,
    encrypt(password, userId) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', current, nonce).setAAD(Buffer.from(userId))
      const sealed = Buffer.concat([
        nonce,
        cipher.update(password, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ])
      return `${currentId}.${sealed.toString('base64url')}`
    },
    decrypt(value, userId) {
      const [id = '', sealed = ''] = value.split('.')
      const key = ring.get(id)
      if (!key) throw new Error(`The key ${id} of a stored password is not in IM_PASSWORD_KEY: add it there`)
      const bytes = Buffer.from(sealed, 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      })
      decipher.setAAD(Buffer.from(userId)).setAuthTag(bytes.subarray(-tagBytes))
      return (
        decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
      )
    },
  }
}

/** A new IM password: 32 lower-case hex digits, 128 random bits. */
export function newPassword(): string {
  return randomBytes(16).toString('hex')
}

/** The public name of a key: the first 8 hex digits of its SHA-256. */
export function keyId(key: Uint8Array): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8)
}
