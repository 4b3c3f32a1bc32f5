import { type SmsParts, smsParts, unitsInOnePart } from '../../contract/sms-parts'
import { checkPlaceholders, type PlaceholderProblem } from '../../platform/i18n/check-placeholders'
import type { Language } from '../../texts/catalogue'
import { choices, type EditablePart, numbers } from './editable-texts'

export type PartProblem =
  | { reason: 'empty' | 'too_long' | 'several_lines' | 'control_sign' | 'link' }
  | PlaceholderProblem
  | { reason: 'sms_long'; parts: number; units: number; most: number }
  | { reason: 'sms_encoding'; signs: string }

const longest: Record<EditablePart['role'], number> = {
  subject: 200,
  preheader: 200,
  body: 20_000,
  sms: 600,
  reason: 200,
}

/** Everything that is wrong with a wording; a text without problems can be filled in whatever the visit. */
export function checkPart(text: string, part: EditablePart): PartProblem[] {
  if (text.trim() === '') return [{ reason: 'empty' }]
  if (text.length > longest[part.role]) return [{ reason: 'too_long' }]

  if (/[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029]/.test(text)) return [{ reason: 'control_sign' }]
  const problems: PartProblem[] = []
  if (part.role !== 'body' && text.includes('\n')) problems.push({ reason: 'several_lines' })
  if (part.role === 'sms' && /https?:|www\./i.test(text)) problems.push({ reason: 'link' })
  return [...problems, ...checkPlaceholders(text, { ...part, choices, numbers })]
}

/** The longest that an SMS gets, and what of it would cost more than the one part it may have. */
export function checkFilledSms(
  filled: string,
  language: Language,
): { count: SmsParts; problems: PartProblem[] } {
  const count = smsParts(filled)
  const problems: PartProblem[] = []
  if (language !== 'uk' && count.encoding === 'UCS-2') {
    const signs = [...new Set(filled)].filter((sign) => smsParts(sign).encoding === 'UCS-2').join(' ')
    problems.push({ reason: 'sms_encoding', signs: signs.replaceAll('\u00a0', '␣') })
  }
  const most = unitsInOnePart(count)
  if (count.parts > 1) problems.push({ reason: 'sms_long', parts: count.parts, units: count.units, most })
  return { count, problems }
}
