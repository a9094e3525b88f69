import { illegalArgument } from '../http/errors.ts'
import { type JsonObject, text } from '../http/fields.ts'

const LEGAL_NAME = /^[A-Za-z0-9_.-]+$/
const NAME_BYTES = 64
const PASSWORD_CHARACTERS = 64
const NICKNAME_CHARACTERS = 100

/** Checks a username and folds it to lower case. The check comes first, because some non-ASCII letters fold to ASCII. @throws VendorError 400 */
export function legalName(value: unknown): string {
  const name = text(value)
  if (name === undefined) throw illegalArgument('Entity user requires a property named username')
  if (Buffer.byteLength(name) > NAME_BYTES) throw illegalArgument('USERNAME_TOO_LONG')
  if (!LEGAL_NAME.test(name)) throw illegalArgument(`username [${name}] is not legal`)
  return name.toLowerCase()
}

/** Checks a password. @throws VendorError 400 */
export function legalPassword(value: unknown): string {
  const password = text(value)
  if (password === undefined) throw illegalArgument('password or pin must provided')
  if ([...password].length > PASSWORD_CHARACTERS) throw illegalArgument('PASSWORD_TOO_LONG')
  return password
}

/** Checks a nickname; undefined when there is none. @throws VendorError 400 */
export function legalNickname(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw illegalArgument('nickname must be a string')
  if ([...value].length > NICKNAME_CHARACTERS) throw illegalArgument('NICKNAME_TOO_LONG')
  return value
}

/** A checked registration of one user. */
export interface Registration {
  readonly name: string
  readonly password: string
  readonly nickname: string | undefined
}

/** Checks the fields of a registration. @throws VendorError 400 */
export const registration = (fields: JsonObject): Registration => ({
  name: legalName(fields['username']),
  password: legalPassword(fields['password']),
  nickname: legalNickname(fields['nickname']),
})
