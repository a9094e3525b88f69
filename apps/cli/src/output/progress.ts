import type { Io } from '../io.ts'

/** A progress bar on a terminal, else a line every five seconds. */
export interface Progress {
  /** @param facts - The values of the placeholders in the format. */
  update(done: number, total: number, facts: Readonly<Record<string, string | number>>): void
  stop(): void
}

const lineEveryMs = 5000

/**
 * Opens a progress bar on stderr where that is a terminal, else writes a line there every five seconds.
 * @param format - As cli-progress reads it, such as `{bar} {percentage} %`; other placeholders are names of facts. Parts are
 *   separated by ` · `; a line leaves out the parts that only the bar can fill in.
 */
export async function openProgress(io: Io, format: string): Promise<Progress> {
  if (!io.terminal.err) return lines(io, format)
  const { SingleBar, Presets } = await import('cli-progress')
  const bar = new SingleBar(
    { format, hideCursor: true, stream: process.stderr, etaBuffer: 50 },
    Presets.shades_classic,
  )
  let started = false
  return {
    update(done, total, facts) {
      if (!started) bar.start(total, done, facts)
      started = true
      bar.setTotal(total)
      bar.update(done, facts)
    },
    stop() {
      if (started) bar.stop()
    },
  }
}

function lines(io: Io, format: string): Progress {
  let next = Date.now() + lineEveryMs
  return {
    update(value, total, facts) {
      if (Date.now() < next) return
      next = Date.now() + lineEveryMs
      const percentage = total === 0 ? 100 : Math.floor((value / total) * 100)
      const known = new Map(Object.entries({ ...facts, value, total, percentage, bar: '' }))
      const parts = format
        .split(' · ')
        .map(part => part.replace(/\{(\w+)\}/g, (whole, name) => String(known.get(name) ?? whole)).trim())
      io.err(`${parts.filter(part => !part.includes('{')).join(' · ')}\n`)
    },
    stop() {},
  }
}
