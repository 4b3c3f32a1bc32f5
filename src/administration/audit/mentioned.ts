import type { FoundEntry } from '../../audit/find-entries'

/** Something an entry names by its number or code. */
export interface Mention {
  kind: string
  id: string
}

/** Details that say which branch, person or thing is meant, by action and name. */
const detailKinds: Readonly<Record<string, string>> = {
  'application.accepted.kind': 'certificate_kind',
  'audit.exported.person': 'staff',
  'audit.searched.person': 'staff',
  'country.changed.branch': 'branch',
  'schedule.changed.desk': 'desk',
  'staff.branch_changed.from': 'branch',
  'staff.branch_changed.to': 'branch',
  'staff.topics_changed.topics': 'topic',
  'visit.taken_over.from': 'staff',
}

/** What a detail means; of topics there are several: '3,5'. */
export const mentionsOf = (action: string, name: string, value: unknown): Mention[] => {
  const kind = detailKinds[`${action}.${name}`]
  if (kind === undefined || (typeof value !== 'string' && typeof value !== 'number') || value === '')
    return []
  return String(value)
    .split(',')
    .map((id) => ({ kind, id }))
}

/** All that an entry names: what it is about, and what its details mean. */
export const mentionedIn = ({ action, subjectKind, subjectId, details }: FoundEntry): Mention[] => [
  ...(subjectKind === null || subjectId === null ? [] : [{ kind: subjectKind, id: subjectId }]),
  ...Object.entries(details).flatMap(([name, value]) => mentionsOf(action, name, value)),
]
