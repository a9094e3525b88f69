/** Formats a time as legacy callers expect it: UTC, `YYYY-MM-DD HH:MM:SS`. */
export function legacyTime(at: Date): string {
  return at.toISOString().slice(0, 19).replace('T', ' ')
}
