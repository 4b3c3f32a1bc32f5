import { type SmsParts, smsParts } from '../../platform/gsm7'
import type { Language } from '../../texts/catalogue'
import { choices, type EditablePart, numbers } from './editable-texts'
import { placeOf, readMessage, type TextPlace, type UsedPlaceholder } from './message-syntax'

export type PartProblem =
  | { reason: 'empty' | 'too_long' | 'several_lines' | 'control_sign' | 'link' }
  | { reason: 'syntax'; kind: string; place: TextPlace }
  | { reason: 'unknown' | 'use'; name: string; place: TextPlace }
  | { reason: 'missing'; name: string }
  | { reason: 'option'; name: string; option: string; place: TextPlace }
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
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b-\u001f\u007f\u2028\u2029]/.test(text)) return [{ reason: 'control_sign' }]
  const problems: PartProblem[] = []
  if (part.role !== 'body' && text.includes('\n')) problems.push({ reason: 'several_lines' })
  if (part.role === 'sms' && /https?:|www\./i.test(text)) problems.push({ reason: 'link' })
  return [...problems, ...checkPlaceholders(text, part)]
}

/** Placeholders against what is filled in, and what must be. */
export function checkPlaceholders(
  text: string,
  { allowed, required }: Pick<EditablePart, 'allowed' | 'required'>,
): PartProblem[] {
  const read = readMessage(text)
  if (!read.ok) return [{ reason: 'syntax', kind: read.kind, place: read.place }]
  const { used, always } = read.message
  const places = used.flatMap((one) => problemOfUse(text, one, allowed))
  const missing = required
    .filter((name) => !always.has(name))
    .map((name) => ({ reason: 'missing', name }) as const)
  return [...places, ...missing]
}

function problemOfUse(
  text: string,
  { name, use, options }: UsedPlaceholder,
  allowed: readonly string[],
): PartProblem[] {
  const place = placeOf(text, name)
  if (!allowed.includes(name)) return [{ reason: 'unknown', name, place }]
  const values = choices[name]
  const fits =
    use === 'plain' ? !values : use === 'select' ? values : use === 'plural' ? numbers.includes(name) : false
  if (!fits) return [{ reason: 'use', name, place }]
  if (use !== 'select' || !values) return []
  return options
    .filter((option) => !values.includes(option))
    .map((option) => ({ reason: 'option', name, option, place }))
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
  const most = count.encoding === 'GSM-7' ? 160 : 70
  if (count.parts > 1) problems.push({ reason: 'sms_long', parts: count.parts, units: count.units, most })
  return { count, problems }
}
