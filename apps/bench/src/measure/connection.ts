import { connect } from 'node:net'

/** The answers that one connection has received. */
export interface Answered {
  readonly good: number
  /** The status line of the first answer that was not a 2xx, and the number of such answers. */
  readonly bad: ReadonlyMap<string, number>
}

const headEnd = Buffer.from('\r\n\r\n')
const lastChunk = Buffer.from('\r\n0\r\n\r\n')
const nothing = Buffer.alloc(0)
const lengthName = Buffer.from('ength: ')
/** The position of the status in `HTTP/1.1 200`. */
const firstOfStatus = 9
const [two, zero] = [0x32, 0x30]

/**
 * Sends requests cyclically, one after the other, on one connection until `until` (ms, by `performance.now()`). It supports
 * only the HTTP features that our servers use: autocannon's core is busy at about 8,000 answers a second, so it cannot
 * measure faster servers.
 *
 * @param requests complete requests, head and body
 * @throws Error when the connection ends
 */
export function drive(url: URL, requests: readonly Buffer[], until: number): Promise<Answered> {
  const bad = new Map<string, number>()
  let good = 0
  let at = 0
  let pending: Buffer = nothing
  return new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true })
    const send = () => socket.write(requests[at++ % requests.length] ?? headEnd)
    socket.on('connect', send)
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`${url.host} closed the connection`)))
    socket.on('data', piece => {
      pending = pending.length === 0 ? piece : Buffer.concat([pending, piece])
      const end = pending.indexOf(headEnd)
      if (end === -1) return
      const length = lengthOf(pending, end)
      const whole =
        length === undefined
          ? pending.subarray(-lastChunk.length).equals(lastChunk)
          : pending.length >= end + headEnd.length + length
      if (!whole) return
      if (pending[firstOfStatus] === two) good++
      else count(bad, pending.toString('latin1', 0, pending.indexOf('\r')))
      pending = nothing
      if (performance.now() < until) send()
      else {
        socket.removeAllListeners('close')
        socket.destroy()
        resolve({ good, bad })
      }
    })
  })
}

/** The value of `content-length`, in upper or lower case; undefined without this header. */
function lengthOf(answer: Buffer, end: number): number | undefined {
  const at = answer.indexOf(lengthName)
  if (at === -1 || at > end) return undefined
  let length = 0
  for (let i = at + lengthName.length; ; i++) {
    const digit = (answer[i] ?? 0) - zero
    if (digit < 0 || digit > 9) return length
    length = length * 10 + digit
  }
}

function count(bad: Map<string, number>, line: string): void {
  bad.set(line, (bad.get(line) ?? 0) + 1)
}

/** Makes a complete request. */
export function requestOf(
  host: string,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body = '',
): Buffer {
  const lines = Object.entries({
    host,
    ...headers,
    ...(body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}
