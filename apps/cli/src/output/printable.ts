/** Replaces control characters by visible ones, so that a text can neither move the cursor nor colour the terminal. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, character => {
    if (character === '\n') return '⏎'
    return character === '\t' ? ' ' : '\uFFFD'
  })
}
