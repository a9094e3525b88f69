const LONGEST = 500
const HIDDEN = '[hidden]'

/**
 * The vendor's words without secrets: tokens, what follows "passwords are" (it quotes both), and every one of `secrets`. Secrets of one or two
 * characters are hidden only where they stand alone, or no text would be left.
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
