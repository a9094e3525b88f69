import type { Io } from '../io.ts'

/** A progress bar, or a line now and then where nobody watches. */
export interface Progress {
  /** @param facts - Values of the format's placeholders. */
  update(done: number, total: number, facts: Readonly<Record<string, string | number>>): void
  stop(): void
}

const lineEveryMs = 5000

/**
 * Opens a progress bar on stderr if that is a terminal, else writes a line there every five seconds.
 * @param format - As cli-progress reads it: `{bar} {percentage} %`, and placeholders of the facts.
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
      // What only the bar itself knows is left out.
      io.err(`${parts.filter(part => !part.includes('{')).join(' · ')}\n`)
    },
    stop() {},
  }
}
