import type { Io } from '../io.ts'

/** A progress bar, or nothing where nobody watches. */
export interface Progress {
  /** @param facts - Values of the format's placeholders. */
  update(done: number, total: number, facts: Readonly<Record<string, string | number>>): void
  stop(): void
}

/**
 * Opens a progress bar on stderr if that is a terminal.
 * @param format - As cli-progress reads it: `{bar} {percentage} %`, and placeholders of the facts.
 */
export async function openProgress(io: Io, format: string): Promise<Progress> {
  if (!io.terminal.err) return { update: () => {}, stop: () => {} }
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
