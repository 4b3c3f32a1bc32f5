import type { FoundEntry } from '../../audit/find-entries'
import { auditPath } from '../../staff/staff-places'
import { subjectWords } from './audit-words'
import { nameOf } from './read-names'
import type { Part } from './shown-audit'

/** What an entry is about. A visit leads to the register of all who dealt with it or looked at it. */
export const Subject = ({ page, shown, entry }: Part & { entry: FoundEntry }) => {
  const { t } = page.staffTexts
  const { subjectKind, subjectId } = entry
  if (subjectKind === null || subjectId === null) return <>–</>
  const { names } = shown.found
  const number = subjectKind === 'visit' && nameOf(names, { kind: 'visit', id: subjectId })
  if (!number) return <>{subjectWords(page.staffTexts, entry, names)}</>
  return (
    <a href={`${auditPath}?wizyta=${number}`} title={t('audit.register.link')}>
      {number}
    </a>
  )
}
