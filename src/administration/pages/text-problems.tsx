import type { PlaceholderProblem } from '../../platform/i18n/check-placeholders'
import type { StaffTranslator } from '../../platform/i18n/translator'
import type { StaffTextKey } from '../../texts/catalogue'
import type { PartProblem } from '../../message/texts/check-part'

const syntaxKinds = [
  'EXPECT_ARGUMENT_CLOSING_BRACE',
  'EMPTY_ARGUMENT',
  'MALFORMED_ARGUMENT',
  'INVALID_ARGUMENT_TYPE',
  'MISSING_OTHER_CLAUSE',
] as const

const syntaxKey = (kind: string): StaffTextKey =>
  `admin.texts.syntax.${syntaxKinds.find((known) => known === kind) ?? 'unknown'}`

/** What is wrong with a part of a text, in words. */
export function problemInWords(
  { t }: StaffTranslator,
  part: string,
  problem: PartProblem | PlaceholderProblem,
): string {
  const { reason } = problem
  switch (reason) {
    case 'syntax':
      return t('admin.texts.problem.syntax', { part, ...problem.place, what: t(syntaxKey(problem.kind)) })
    case 'unknown':
    case 'use':
      return t(`admin.texts.problem.${reason}`, { part, ...problem.place, name: `{${problem.name}}` })
    case 'option':
      return t('admin.texts.problem.option', {
        part,
        ...problem.place,
        name: `{${problem.name}}`,
        option: problem.option,
      })
    case 'missing':
      return t('admin.texts.problem.missing', { part, name: `{${problem.name}}` })
    case 'sms_long':
      return t('admin.texts.problem.sms_long', { part, units: problem.units, most: problem.most })
    case 'sms_encoding':
      return t('admin.texts.problem.sms_encoding', { part, signs: problem.signs })
    default:
      return t(`admin.texts.problem.${reason}`, { part })
  }
}
