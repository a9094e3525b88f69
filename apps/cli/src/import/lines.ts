/** A line of a file, counted from 1; a reason instead of the text where it is too long or not UTF-8. */
export type Line = { readonly line: number } & ({ readonly text: string } | { readonly reason: string })

const newline = 0x0a

/**
 * Splits chunks of bytes into lines that end with LF or CRLF, the last one also without; drops a byte order mark. At most one
 * line is in memory.
 * @param limit - The most bytes of a line; a longer one is reported without its text.
 */
export async function* lines(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Line> {
  let parts: Uint8Array[] = []
  let size = 0
  let line = 0
  const take = (): Line => {
    line++
    const found = size > limit ? tooLong(line, limit) : decode(line, parts)
    parts = []
    size = 0
    return found
  }
  const append = (part: Uint8Array) => {
    size += part.length
    if (size > limit) parts = []
    else if (part.length > 0) parts.push(part)
  }
  for await (const chunk of chunks) {
    let from = 0
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      append(chunk.subarray(from, end))
      yield take()
      from = end + 1
    }
    append(chunk.subarray(from))
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
