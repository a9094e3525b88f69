/** A line of a file, from 1; without text where it is too long or not UTF-8. */
export type Line = { readonly line: number } & ({ readonly text: string } | { readonly reason: string })

const newline = 0x0a

/**
 * Splits bytes into lines, wherever the chunks are cut: LF or CRLF, with or without one at the end, without a byte order
 * mark. Holds one line at a time, and no more of it than `limit` bytes.
 */
export async function* lines(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Line> {
  let held: Uint8Array[] = []
  let size = 0
  let line = 0
  const take = (): Line => {
    line++
    const found = size > limit ? tooLong(line, limit) : decode(line, held)
    held = []
    size = 0
    return found
  }
  const hold = (part: Uint8Array) => {
    size += part.length
    if (size > limit) held = []
    else if (part.length > 0) held.push(part)
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      hold(chunk.subarray(from, end))
      yield take()
      from = end + 1
    }
    hold(chunk.subarray(from))
  }
  if (size > 0) yield take()
}

function tooLong(line: number, limit: number): Line {
  return { line, reason: `the line has more than ${limit} bytes` }
}

function decode(line: number, parts: readonly Uint8Array[]): Line {
  try {
    const bytes = parts.length === 1 ? parts[0] : Buffer.concat(parts)
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: line !== 1 }).decode(bytes)
    return { line, text: text.endsWith('\r') ? text.slice(0, -1) : text }
  } catch {
    return { line, reason: 'the line is not UTF-8' }
  }
}
