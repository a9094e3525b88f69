import { GatewayError, type Language } from '@easemob-gateway/contracts'
import { z } from 'zod'
import { safeParse } from '../safe-parse.ts'

const locales = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError }

/** The texts for missing fields that legacy callers show to their users. */
const missingTexts: Readonly<Record<string, string>> = {
  im_group_id: '群组ID不能为空',
  groupname: '群组名称不能为空',
  desc: '群组简介不能为空',
  members: '群成员不能为空',
}

/**
 * Parses an operation's input.
 * @throws GatewayError VALIDATION_FAILED with texts for every invalid field
 */
export function parseInput(schema: z.core.$ZodType, input: unknown, language: Language): unknown {
  const parsed = safeParse(() => z.safeParse(schema, input, { error: locales[language] }))
  if (parsed.success) return parsed.data
  const fields: Record<string, string[]> = Object.create(null)
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0] ?? 'input').slice(0, 64)
    const text = isMissing(input, field) ? missingText(field, language) : message
    const texts = fields[field] ?? []
    if (!texts.includes(text)) fields[field] = [...texts, text]
  }
  throw new GatewayError('VALIDATION_FAILED', { fields })
}

function missingText(field: string, language: Language): string {
  return language === 'zh' ? (missingTexts[field] ?? `${field}不能为空`) : `${field} is required`
}

function isMissing(input: unknown, field: string): boolean {
  if (field === 'input') return false
  const value = typeof input === 'object' && input !== null ? Reflect.get(input, field) : undefined
  if (value === undefined || value === null) return true
  return typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0
}

const maxDepth = 32

/** Whether a value is nested deeper than 32 levels, which no input of the contract is. Recurses no deeper than that. */
export function isTooDeep(value: unknown, level = 1): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (level > maxDepth) return true
  for (const item of Object.values(value)) if (isTooDeep(item, level + 1)) return true
  return false
}
