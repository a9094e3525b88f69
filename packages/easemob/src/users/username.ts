/** Why a name is refused before it is sent. */
export const USERNAME_RULE = 'the username must be 1 to 64 of a-z 0-9 _ - .'

/** Whether the vendor takes this name (vendor documentation, "User management": 1 to 64 of a-z 0-9 _ - .); upper case is folded to lower. */
export function isUsername(text: string): boolean {
  return /^[A-Za-z0-9_.-]{1,64}$/.test(text)
}
