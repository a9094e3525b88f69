const encodedRun = /[\w+/-]{24,}/g
const hexRun = /(?:[0-9a-f]{2}){24,}/gi

/**
 * A text, and what stands in it once it is decoded: percent-encoding, escapes of JSON (also of JSON within JSON), base64,
 * base64url and hex, wherever they begin. What was hidden in one of these forms, or in two of them, stands plainly in
 * one of the views.
 */
export function viewsOf(text: string): string[] {
  const plain = [text, percentDecoded(text), unescaped(text)]
  const different = [...new Set(plain.filter(view => view !== ''))]
  return different.flatMap(view =>
    [view, base64Decoded(view), hexDecoded(view)].filter(found => found !== ''),
  )
}

function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, run => Buffer.from(run.replaceAll('%', ''), 'hex').toString())
}

/** Escapes of JSON within JSON have several backslashes. */
function unescaped(text: string): string {
  return text
    .replace(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\+(["/])/g, '$1')
}

/** A run is read four times, as nobody knows where in it the encoded text begins. */
function base64Decoded(text: string): string {
  return Array.from(text.matchAll(encodedRun), ([run]) =>
    [0, 1, 2, 3].map(from => Buffer.from(run.slice(from), 'base64').toString('latin1')).join('\n'),
  ).join('\n')
}

function hexDecoded(text: string): string {
  return Array.from(text.matchAll(hexRun), ([run]) =>
    [0, 1].map(from => Buffer.from(run.slice(from), 'hex').toString('latin1')).join('\n'),
  ).join('\n')
}
