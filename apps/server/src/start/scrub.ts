/** Tokens, IM passwords, encrypted values and keys, wherever they stand in a text. */
const secrets = /eyJ[\w-]+\.[\w-]+\.[\w-]*|YWMt[\w-]+|\b[0-9a-f]{32}\b|\b[0-9a-f]{8}\.[\w-]{40,}/g
const longest = 1000

/** A text for the log, without what could be a secret, and not too long. */
export function scrub(text: string): string {
  return text
    .slice(0, longest * 4)
    .replace(secrets, '[secret]')
    .slice(0, longest)
}
