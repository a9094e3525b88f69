import { createHash } from 'node:crypto'

/** The `security` field of a callback: lower-case hex MD5 of callId, secret and timestamp, concatenated. It does not cover the body. */
export const sign = (callId: string, secret: string, timestamp: number): string =>
  createHash('md5').update(`${callId}${secret}${timestamp}`).digest('hex')
