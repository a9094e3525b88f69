/** Tokens, IM passwords, encrypted values and keys, anywhere in a text. */
const secrets =
  /eyJ[\w-]+\.[\w-]+\.[\w-]*|YWMt[\w-]+|(?<![0-9a-f])(?:[0-9a-f]{32}(?![0-9a-f])|[0-9a-f]{8}\.[\w-]{40,})/g
/** The part of drizzle's error messages that lists every value that was bound to the statement. */
const boundValues = /\nparams: [\s\S]*/
/** Characters that JSON does not escape, but that terminals or editors interpret: controls, line ends, text direction. */
const unprintable = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g
const maxLength = 1000

/** Makes a text safe for the log: without bound values and possible secrets, printable, 1,000 characters at most. */
export function scrub(text: string): string {
  return text
    .slice(0, maxLength * 4)
    .replace(boundValues, '')
    .replace(secrets, '[secret]')
    .replace(unprintable, sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .slice(0, maxLength)
}
