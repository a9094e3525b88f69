import stringWidth from 'string-width'

/** Text that cannot move the cursor or colour a terminal: control characters become visible. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu, character => {
    if (character === '\n') return '⏎'
    return character === '\t' ? ' ' : '\uFFFD'
  })
}

/** Cuts a text to a number of terminal columns; a Chinese character fills two. */
export function fit(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let kept = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(kept + segment) > width - 1) break
    kept += segment
  }
  return `${kept}…`
}

/** Fills a text up with spaces to a number of terminal columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)))
}

export { stringWidth as columnsOf }
