import { reviewState } from '../institution/declaration'
import type { Declaration } from '../institution/declaration-schema'
import type { ShownGap } from '../institution/shown-gaps'
import type { StaffTranslator } from '../platform/i18n/translator'
import { dateWords } from '../platform/i18n/dates'
import type { Day } from '../platform/zone'
import { declarationPath, factsPath } from '../staff/staff-places'
import { Facts } from './pages/facts'
import type { OperationsNotice, OperationsPart } from './operations-part'

interface Read {
  gaps: readonly ShownGap[]
  declaration: Declaration
  today: Day
  timeZone: string
}

/** What the institution has to fill in or to look through again. */
export function institutionPart(
  { t }: StaffTranslator,
  { gaps, declaration, today, timeZone }: Read,
): Omit<OperationsPart, 'id' | 'title'> {
  const inDeclaration = gaps.filter(({ place }) => place.startsWith('declaration')).length
  const inFacts = gaps.length - inDeclaration
  const review = reviewState(declaration.dates, today)
  const toFacts = { path: factsPath, text: t('facts.title') }
  const toDeclaration = { path: declarationPath, text: t('declaration.title') }
  const notices: OperationsNotice[] = [
    ...(inFacts > 0
      ? [{ tone: 'bad' as const, text: t('ops.institution.gaps', { n: inFacts }), link: toFacts }]
      : []),
    ...(inDeclaration > 0
      ? [
          {
            tone: 'bad' as const,
            text: t('ops.institution.declarationGaps', { n: inDeclaration }),
            link: toDeclaration,
          },
        ]
      : []),
    ...(review === 'done'
      ? []
      : [{ tone: 'bad' as const, text: t(`ops.institution.review.${review}`), link: toDeclaration }]),
  ]
  const { made, reviewed } = declaration.dates
  return {
    notices,
    details: (
      <Facts
        rows={[
          [t('declaration.date.made'), dateWords(made, 'pl', timeZone)],
          [t('declaration.date.reviewed'), reviewed === null ? '–' : dateWords(reviewed, 'pl', timeZone)],
        ]}
      />
    ),
  }
}
