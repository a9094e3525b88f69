/** Tokens, IM passwords, encrypted values and keys, wherever they stand in a text. */
const secrets =
  /eyJ[\w-]+\.[\w-]+\.[\w-]*|YWMt[\w-]+|(?<![0-9a-f])(?:[0-9a-f]{32}(?![0-9a-f])|[0-9a-f]{8}\.[\w-]{40,})/g
/** What drizzle tells of a statement that has failed: every value that was bound to it. */
const boundValues = /\nparams: [\s\S]*/
/** JSON lets these stand, but terminals obey some of them, and readers end a line at others or turn it around. */
const unprintable = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g
const longest = 1000

/** A text for the log, without bound values and what could be a secret, printable and not too long. */
export function scrub(text: string): string {
  return text
    .slice(0, longest * 4)
    .replace(boundValues, '')
    .replace(secrets, '[secret]')
    .replace(unprintable, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .slice(0, longest)
}
