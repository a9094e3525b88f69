import { wrongUsage } from '../failure.ts'
import { type Flag, flagUsage } from './flag.ts'

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  1: true,
  false: false,
  no: false,
  0: false,
}

/** Whether a word is a way to write a boolean. */
export function isTruth(word: string | undefined): boolean {
  return word !== undefined && Object.hasOwn(truths, word)
}

/**
 * Reads what was written for a flag, once or repeatedly.
 * @throws CliFailure (wrong usage) for a value of another kind, or for a flag repeated that holds one value
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
        throw refuse(`"${text}" is not a number that can be kept exactly`)
      return Number(text)
    case 'boolean':
      if (!isTruth(text)) throw refuse(`"${text}" is neither true nor false`)
      return truths[text]
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
