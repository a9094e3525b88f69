import type { Language } from '@easemob-gateway/contracts'

/**
 * The language a caller wants errors in: the first of `Accept-Language` that we have, by weight.
 * @example languageOf('en-US,en;q=0.9', 'zh') // 'en'
 */
export function languageOf(accept: string | undefined, otherwise: Language): Language {
  if (accept === undefined || accept === '') return otherwise
  const ranked = accept
    .slice(0, 200)
    .split(',')
    .map(part => {
      const [tag = '', weight] = part
        .trim()
        .toLowerCase()
        .split(/;\s*q=/)
      return { tag, weight: weight === undefined ? 1 : Number(weight) || 0 }
    })
    .sort((a, b) => b.weight - a.weight)
  for (const { tag, weight } of ranked) {
    if (weight === 0) continue
    if (tag.startsWith('zh')) return 'zh'
    if (tag.startsWith('en')) return 'en'
  }
  return otherwise
}
