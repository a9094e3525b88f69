const LONGEST = 500
const HIDDEN = '[hidden]'

/**
 * Removes secrets from a text of the vendor: tokens, everything after "passwords are" (the vendor quotes both passwords there), and each of
 * `secrets`. A secret of one or two characters is hidden only where it is a word of its own. Cuts the text to 500 characters.
 */
export function scrub(text: string, secrets: readonly string[]): string {
  let clean = text
    .replaceAll(/YWMt[\w+/=-]+/g, HIDDEN)
    .replaceAll(/Bearer\s+\S+/gi, `Bearer ${HIDDEN}`)
    .replaceAll(/(passwords? (?:are|is)\b).*/gis, `$1 ${HIDDEN}`)
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret === '') continue
    clean = secret.length > 2 ? clean.replaceAll(secret, HIDDEN) : hideAlone(clean, secret)
  }
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean
}

function hideAlone(text: string, secret: string): string {
  return text
    .split(/(\s+|[,;:()[\]"'])/)
    .map(part => (part === secret ? HIDDEN : part))
    .join('')
}
