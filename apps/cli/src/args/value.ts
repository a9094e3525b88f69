import { wrongUsage } from '../failure.ts'
import { type Flag, flagUsage } from './flag.ts'

const booleans: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  1: true,
  false: false,
  no: false,
  0: false,
}

/** Whether a word is a spelling of true or false. */
export function isBoolean(word: string | undefined): boolean {
  return word !== undefined && Object.hasOwn(booleans, word)
}

/**
 * Converts the texts of a flag, one for each time it occurs, to its value.
 * @throws CliFailure (wrong usage) for a text of another kind, or for a second text where the flag holds one value
 */
export function readValue(flag: Flag, written: readonly string[]): unknown {
  const refuse = (why: string) =>
    wrongUsage(`--${flag.name} cannot be read`, why, `Write ${flagUsage(flag)}.`)
  if (flag.kind === 'list')
    return written.flatMap(text => text.split(',').map(item => item.trim())).filter(Boolean)
  const [text = '', ...more] = written
  if (more.length > 0) throw refuse(`it is given ${written.length} times and holds one value`)
  switch (flag.kind) {
    case 'text':
      return text
    case 'number':
      if (!/^-?\d+(\.\d+)?$/.test(text) || !isExact(text))
        throw refuse(`"${text}" is not a number that can be represented exactly`)
      return Number(text)
    case 'boolean':
      if (!isBoolean(text)) throw refuse(`"${text}" is neither true nor false`)
      return booleans[text]
    case 'choice':
      if (!flag.choices?.includes(text)) throw refuse(`"${text}" is none of ${flag.choices?.join(', ')}`)
      return text
    case 'json':
      try {
        return JSON.parse(text)
      } catch {
        throw refuse('it is not valid JSON')
      }
  }
}

function isExact(text: string): boolean {
  return Math.abs(Number(text)) <= Number.MAX_SAFE_INTEGER
}
