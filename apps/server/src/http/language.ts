import type { Language } from '@easemob-gateway/contracts'
import { parseAccept } from 'hono/utils/accept'

const languages = ['zh', 'en'] as const
const maxHeaderLength = 200

/**
 * Selects the language of error texts: the supported one with the highest weight in `Accept-Language`, in any regional
 * variant.
 *
 * @param otherwise the language when the header is absent or names no supported one
 * @example languageOf('en-US,en;q=0.9', 'zh') // 'en'
 */
export function languageOf(accept: string | undefined, otherwise: Language): Language {
  if (accept === undefined) return otherwise
  for (const { type, q } of parseAccept(accept.slice(0, maxHeaderLength))) {
    const tag = type.toLowerCase()
    const language = q > 0 ? languages.find(name => tag.startsWith(name)) : undefined
    if (language) return language
  }
  return otherwise
}
