import type { FoundEntry } from '../../audit/find-entries'
import { countryName } from '../../institution/countries'
import { smsDate, timeOnButton } from '../../platform/i18n/dates'
import { dayWords } from '../../platform/i18n/numbers'
import type { StaffTranslator } from '../../platform/i18n/translator'
import { staffCatalogue, type StaffTextKey } from '../../texts/catalogue'
import { mentionsOf } from './mentioned'
import { nameOf, type Names } from './read-names'

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

/** What an entry is about: 'temat: Zasiłki'; of what is gone its number: 'temat 6'. */
export function subjectWords(texts: StaffTranslator, entry: FoundEntry, names: Names): string {
  const { subjectKind: kind, subjectId: id } = entry
  if (kind === null || id === null) return '–'
  if (kind === 'day') return texts.t('audit.subject.day', { day: dayWords(id.split('/')[1] ?? '') })
  const name = nameOf(names, { kind, id }) ?? codeWords(texts, kind, id)
  if (kind === 'visit') return name ?? texts.t('audit.subject.visitGone')
  if (kind === 'staff' && name !== undefined) return name
  const words = textOr(texts, `audit.subject.${kind}`, kind)
  if (name !== undefined) return `${words}: ${name}`
  return id === kind ? words : `${words} ${uuid.test(id) ? id.slice(0, 8) : id}`
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What a code that never changes is called. */
function codeWords(texts: StaffTranslator, kind: string, id: string): string | undefined {
  const text = (key: string): string | undefined => textOr(texts, key, '') || undefined
  if (kind === 'country') return countryName(id, 'pl')
  if (kind === 'data_class') return text(`retention.class.${id}`)
  if (kind === 'institution') return text(`audit.subject.institution.${id}`)
  if (kind === 'legal_text') return text(`admin.texts.name.legal.${id}`)
  if (kind !== 'text') return undefined
  const dot = id.lastIndexOf('.')
  const name = text(`admin.texts.name.${id.slice(0, dot)}`)
  const more = [
    id.startsWith('sms.') && 'SMS',
    text(`admin.texts.language.${id.slice(dot + 1)}`)?.toLowerCase(),
  ]
  return name && `${name} (${more.filter(Boolean).join(', ')})`
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
  recordingConsent: ['places.recording'],
  privacyConsent: ['places.rules.privacy'],
  ground: ['person.erase.ground'],
  choice: ['audit.choice'],
}

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** With what numbers and instants are read. */
interface Reading {
  timeZone: string
  names: Names
}

function valueWords(
  texts: StaffTranslator,
  [action, name, value]: readonly [action: string, name: string, value: string | number | boolean],
  { timeZone, names }: Reading,
): string {
  const mentions = mentionsOf(action, name, value)
  if (mentions.some((one) => nameOf(names, one) !== undefined))
    return mentions.map((one) => nameOf(names, one) ?? one.id).join(', ')
  if (typeof value === 'boolean') return texts.t(value ? 'audit.yes' : 'audit.no')
  if (typeof value === 'string' && instant.test(value)) return whenWords(new Date(value), timeZone)
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
  reading: Reading,
): string =>
  Object.entries(details)
    .flatMap(([name, value]) =>
      value === null
        ? []
        : [`${nameWords(texts, action, name)}: ${valueWords(texts, [action, name, value], reading)}`],
    )
    .join(', ')

/** '29.12.2026 09:25'. */
export const whenWords = (at: Date, zone: string): string =>
  `${smsDate(at, 'pl', zone)} ${timeOnButton(at, zone)}`
