import stringWidth from 'string-width'

/** Cuts a text to a number of terminal columns; a Chinese character takes two. */
export function fit(text: string, width: number): string {
  if (stringWidth(text) <= width) return text
  let start = ''
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(start + segment) > width - 1) break
    start += segment
  }
  return `${start}…`
}

/** Pads a text with spaces to a number of terminal columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - stringWidth(text)))
}

export { stringWidth as columnsOf }
