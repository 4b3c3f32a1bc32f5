import { countryName } from '../institution/countries'
import type { Directory } from '../institution/directory'
import { nameOf } from '../message/sealed-client'
import { smsDate } from '../platform/i18n/dates'
import type { StaffTranslator, Translator } from '../platform/i18n/translator'
import { lengthWords } from '../recording/recording-words'
import type { DocumentKind, IdentityReason, IdentityResult, WarningReason } from '../contract/visit-matters'
import { deviceRemarks } from '../visit/device-words'
import { isLanguage } from '../texts/catalogue'
import type { KeptVisit } from './person-facts'
import { instantWords } from './person-words'

export interface FactsTexts {
  staffTexts: StaffTranslator
  texts: Translator
}

const identityTexts = {
  confirmed: 'desk.identity.result.confirmed',
  not_confirmed: 'desk.identity.result.notConfirmed',
  not_needed: 'desk.identity.result.notNeeded',
} as const

/** A visit's facts as terms and values; what is not there is left out. */
export function visitFacts(
  { staffTexts: { t }, texts }: FactsTexts,
  visit: KeptVisit,
  { institution: { timeZone } }: Pick<Directory, 'institution'>,
): [term: string, value: string][] {
  const { row, client, settlement } = visit
  const at = (instant: Date | string) => instantWords(instant, timeZone)
  const rows: [string, string][] = [
    [t('person.field.name'), nameOf(client) || texts.t('ui.erased')],
    [t('person.field.phone'), client.phone],
    [t('person.field.email'), client.email],
    [t('person.field.guardian'), client.guardian ? nameOf(client.guardian) : ''],
    [t('person.field.language'), isLanguage(row.language) ? t(`person.language.${row.language}`) : ''],
    [t('person.field.country'), row.country === null ? '' : countryName(row.country, 'pl')],
    [t('person.field.booked'), at(row.booked_at)],
    [
      t('person.field.talk'),
      row.started_at ? `${at(row.started_at)} – ${row.ended_at ? at(row.ended_at) : ''}` : '',
    ],
    [t('person.field.device'), deviceWords(texts, visit, at)],
    [t('person.field.identity'), identityWords({ t }, visit, at)],
    [t('person.field.matters'), settlement.matters.map((one) => texts.t(`summary.matter.${one}`)).join(' ')],
    [
      t('person.field.profile'),
      settlement.profile ? `${settlement.profile.reference}, ${at(settlement.profile.confirmedAt)}` : '',
    ],
    [t('person.field.agreed'), settlement.agreed],
    [t('person.field.note'), visit.staffNote],
    [
      t('person.field.warnings'),
      visit.warnings
        .map(({ reason, at: given }) => `${t(`player.warning.${reason as WarningReason}`)} (${at(given)})`)
        .join(', '),
    ],
    [t('person.field.recording'), recordingWords({ t }, visit, timeZone)],
    [t('person.field.rating'), row.rated ? t('person.rating.anonymous') : ''],
  ]
  return rows.filter(([, value]) => value !== '')
}

const deviceWords = (texts: Translator, { device }: KeptVisit, at: (instant: Date) => string): string =>
  device ? [at(device.checkedAt), ...deviceRemarks(texts, device.report)].join('; ') : ''

const identityWords = (
  { t }: StaffTranslator,
  { identity }: KeptVisit,
  at: (instant: Date) => string,
): string =>
  identity
    .map(({ result, document, reason, at: decided, undoneAt }) =>
      [
        t(identityTexts[result as IdentityResult]),
        document && t(`desk.identity.kind.${document as DocumentKind}`),
        reason && t(`desk.identity.reason.${reason as IdentityReason}`),
        at(decided),
        undoneAt && t('person.identity.undone', { date: at(undoneAt) }),
      ]
        .filter(Boolean)
        .join(', '),
    )
    .join('; ')

/** How long the recording is and how long it is kept; '' when there is none. */
export function recordingWords(
  { t }: StaffTranslator,
  { recording }: Pick<KeptVisit, 'recording'>,
  timeZone: string,
): string {
  if (!recording) return ''
  if (recording.state === 'erased') return t('person.recording.erased')
  const length = lengthWords(recording.summary) ?? t('person.recording.unknown')
  return recording.heldAt
    ? t('person.recording.held', { length })
    : t('person.recording.kept', { length, date: smsDate(recording.keepUntil, 'pl', timeZone) })
}
