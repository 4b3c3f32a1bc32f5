import type { FoundEntry } from '../../audit/find-entries'
import { auditPath } from '../../staff/staff-places'
import { subjectWords } from './audit-words'
import type { Part } from './shown-audit'

/** What an entry is about. A visit leads to the register of all who dealt with it or looked at it. */
export const Subject = ({ page, shown, entry }: Part & { entry: FoundEntry }) => {
  const { t } = page.staffTexts
  const { subjectKind, subjectId } = entry
  if (subjectKind === null || subjectId === null) return <>–</>
  const number = shown.found.numbers.get(subjectId)
  if (number !== undefined)
    return (
      <a href={`${auditPath}?wizyta=${number}`} title={t('audit.register.link')}>
        {number}
      </a>
    )
  if (subjectKind === 'staff') {
    const person = shown.people.find(({ id }) => String(id) === subjectId)
    if (person) return <>{person.name}</>
  }
  return <>{subjectWords(page.staffTexts, entry)}</>
}
