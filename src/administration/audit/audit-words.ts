import type { FoundEntry } from '../../audit/find-entries'
import { smsDate, timeOnButton } from '../../platform/i18n/dates'
import { dayWords } from '../../platform/i18n/numbers'
import type { StaffTranslator } from '../../platform/i18n/translator'
import { staffCatalogue, type StaffTextKey } from '../../texts/catalogue'

/** A text by a name that comes from the record; the name itself when there is none for it. */
const textOr = ({ t }: StaffTranslator, key: string, name: string): string =>
  Object.hasOwn(staffCatalogue, key) ? t(key as StaffTextKey) : name

/** What was done, as a sentence. */
export const actionWords = (texts: StaffTranslator, action: string): string =>
  textOr(texts, `audit.action.${action}`, action)

/** Who did it. */
export function actorWords({ t }: StaffTranslator, { actor, staffName, staffId }: FoundEntry): string {
  if (actor === 'client') return t('audit.actor.client')
  if (actor === 'system') return t('audit.actor.system')
  return staffName ?? t('audit.actor.gone', { id: staffId ?? 0 })
}

/** What an entry is about, but for a visit that has a number: 'oddział 12'; short ids alone, those of machines tell nobody anything. */
export const subjectWords = (texts: StaffTranslator, { subjectKind, subjectId }: FoundEntry): string => {
  if (subjectKind === 'day' && subjectId !== null)
    return texts.t('audit.subject.day', { day: dayWords(subjectId.split('/')[1] ?? '') })
  if (subjectKind === 'visit') return texts.t('audit.subject.visitGone')
  const kind = textOr(texts, `audit.subject.${subjectKind}`, subjectKind ?? '')
  return subjectId === null || subjectId === subjectKind || subjectId.length > 24
    ? kind
    : `${kind} ${subjectId}`
}

/** Texts for the codes of some details, by the detail's name. */
const valueTexts: Readonly<Record<string, readonly string[]>> = {
  how: ['desk.end'],
  reason: ['desk.identity.reason', 'audit.warning', 'audit.refused'],
  document: ['desk.identity.kind'],
  result: ['audit.result'],
  by: ['audit.by'],
  why: ['audit.why'],
  action: ['audit.action'],
  way: ['account.way'],
  factor: ['audit.factor'],
  role: ['admin.role'],
  from: ['admin.role'],
  to: ['admin.role'],
  kind: ['messages.kind', 'audit.change', 'audit.decision'],
  routing: ['places.routing'],
  recording: ['places.recording'],
  ground: ['person.erase.ground'],
  choice: ['audit.choice'],
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

function valueWords(
  texts: StaffTranslator,
  zone: string,
  name: string,
  value: string | number | boolean,
): string {
  if (typeof value === 'boolean') return texts.t(value ? 'audit.yes' : 'audit.no')
  if (typeof value === 'string' && instant.test(value)) return whenWords(new Date(value), zone)
  const key = valueTexts[name]
    ?.map((group) => `${group}.${value}`)
    .find((one) => Object.hasOwn(staffCatalogue, one))
  return key === undefined ? String(value) : texts.t(key as StaffTextKey)
}

/** Name of a detail; some mean something else in one action. */
const nameWords = (texts: StaffTranslator, action: string, name: string): string =>
  textOr(texts, `audit.detail.${action}.${name}`, textOr(texts, `audit.detail.${name}`, name))

/** The details of an entry: 'powód: hałas, wizyty: 12'; codes without a text stand as they are. */
export const detailsWords = (
  texts: StaffTranslator,
  { action, details }: Pick<FoundEntry, 'action' | 'details'>,
  zone: string,
): string =>
  Object.entries(details)
    .flatMap(([name, value]) =>
      value === null ? [] : [`${nameWords(texts, action, name)}: ${valueWords(texts, zone, name, value)}`],
    )
    .join(', ')

/** '29.12.2026 09:25'. */
export const whenWords = (at: Date, zone: string): string =>
  `${smsDate(at, 'pl', zone)} ${timeOnButton(at, zone)}`
