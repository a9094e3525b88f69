import { createHash, timingSafeEqual } from 'node:crypto'

/** Whether two secrets are equal, compared in constant time, so that timing reveals neither content nor length. */
export function isSameSecret(given: string, known: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(known))
}
