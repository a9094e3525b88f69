/** Text that cannot move the cursor or colour a terminal: control characters become visible. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, character => {
    if (character === '\n') return '⏎'
    return character === '\t' ? ' ' : '\uFFFD'
  })
}
