import { createConnection, type Socket } from 'node:net'

/** An answer as it came over the wire. */
export interface RawAnswer {
  readonly status: number
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** One connection that is kept alive and sends bytes as they are: what no HTTP client would send, too. */
export interface RawConnection {
  /** Sends a whole request. @returns null where the server hung up without a word */
  send(request: Buffer, method: string): Promise<RawAnswer | null>
  close(): void
}

/** @param url of the server; reconnects when the server has hung up */
export function rawConnection(url: string): RawConnection {
  const { hostname, port } = new URL(url)
  let socket: Socket | undefined

  function exchange(current: Socket, request: Buffer, method: string): Promise<RawAnswer | null> {
    return new Promise(resolve => {
      let received = Buffer.alloc(0)
      const end = (answer: RawAnswer | null, keep: boolean) => {
        current.removeAllListeners()
        current.on('error', () => {})
        if (!keep) current.destroy()
        resolve(answer)
      }
      current.on('data', piece => {
        received = Buffer.concat([received, piece])
        const answer = readAnswer(received, method)
        if (answer) end(answer, answer.headers.get('connection') !== 'close')
      })
      current.on('error', () => end(null, false))
      current.on('close', () => end(null, false))
      current.write(request)
    })
  }

  return {
    async send(request, method) {
      const kept = socket && !socket.destroyed && socket.writable ? socket : undefined
      // A server may hang up after any answer; only on a connection of its own is silence an answer.
      const answer = kept ? await exchange(kept, request, method) : null
      if (answer) return answer
      socket = createConnection(Number(port), hostname)
      return exchange(socket, request, method)
    },
    close: () => void socket?.destroy(),
  }
}

/** The first whole answer of what has come; null while it is not whole. */
function readAnswer(bytes: Buffer, method: string): RawAnswer | null {
  const at = bytes.indexOf('\r\n\r\n')
  if (at === -1) return null
  const [first = '', ...lines] = bytes.subarray(0, at).toString('latin1').split('\r\n')
  const status = Number(first.split(' ')[1])
  const headers = new Map(
    lines.map(line => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  )
  const rest = bytes.subarray(at + 4)
  if (status < 200) return readAnswer(rest, method)
  if (method === 'HEAD' || status === 204 || status === 304) return { status, headers, body: '' }
  if (headers.get('transfer-encoding') === 'chunked')
    return rest.toString('latin1').endsWith('0\r\n\r\n') ? { status, headers, body: rest.toString() } : null
  const length = Number(headers.get('content-length') ?? 0)
  return rest.length >= length ? { status, headers, body: rest.subarray(0, length).toString() } : null
}

/** Sends bytes on a connection of their own, ends, and reads until the server hangs up. */
export function sendAndHangUp(url: string, bytes: Buffer): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise(resolve => {
    let text = ''
    const socket = createConnection(Number(port), hostname, () => socket.end(bytes))
    socket.on('data', piece => {
      text += piece.toString()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
  })
}
