import { createDecipheriv, createSecretKey } from 'node:crypto'

const nonceBytes = 12
const tagBytes = 16

/** Decrypts stored IM passwords (AES-256-GCM, authenticated with the user id). */
export function createOpener(bytesOfKey: Buffer): (sealed: string, userId: string) => string {
  const key = createSecretKey(bytesOfKey)
  return (sealed, userId) => {
    const bytes = Buffer.from(sealed.slice(sealed.indexOf('.') + 1), 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceBytes), {
      authTagLength: tagBytes,
    })
    decipher.setAAD(Buffer.from(userId)).setAuthTag(bytes.subarray(-tagBytes))
    return decipher.update(bytes.subarray(nonceBytes, -tagBytes), undefined, 'utf8') + decipher.final('utf8')
  }
}
