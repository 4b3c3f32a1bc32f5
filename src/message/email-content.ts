import { earlyEndReasons } from '../contract/visit-state'
import type { Directory, Institution } from '../institution/directory'
import { institutionTexts } from '../institution/institution-texts'
import { localizedPath } from '../platform/http/localized-path'
import { dateWords as dateInWords, dayInWords, timeOfDay } from '../platform/i18n/dates'
import { escapeMarkdown, plainText } from '../platform/i18n/markdown'
import { type EmailArgs, emailText, liveTranslator, type Translator } from '../platform/i18n/translator'
import type { Keys } from '../platform/keys'
import type { EmailKey, Language, TextKey } from '../texts/catalogue'
import { emailHtml } from './email-layout'
import { type MessageDetails, readReason } from './message-details'
import type { channelOf, MessageKind } from './message-plan'
import type { DueMessage, VisitToTell } from './outgoing-store'
import { nextLines, readAgreed, summaryLines, type VisitSummary } from './visit-summary'
import { visitUrls } from './visit-urls'

interface EmailContent {
  subject: string
  html: string
  text: string
}

export type EmailKind = {
  [Kind in MessageKind]: (typeof channelOf)[Kind] extends 'email' ? Kind : never
}[MessageKind]

/** What every e-mail is made from. */
export interface EmailSource {
  directory: Pick<Directory, 'institution' | 'branchById' | 'topicById' | 'certificateKinds' | 'wordings'>
  keys: Keys
  /** Without a trailing slash. */
  publicUrl: string
  /** Decides which wording is in force. */
  now: Date
}

/** What single kinds say beside the visit. */
export interface EmailExtras {
  listed: readonly ListedVisit[]
  summary: VisitSummary | null
}
const noExtras: EmailExtras = { listed: [], summary: null }

/** A visit in the list of an 'email.number'. */
type ListedVisit = Pick<VisitToTell, 'number' | 'startsAt'>

interface EmailTexts {
  subject: TextKey
  preheader?: TextKey
  body: EmailKey
}

const texts: Record<EmailKind, EmailTexts> = {
  booked: {
    subject: 'email.booked.subject',
    preheader: 'email.booked.preheader',
    body: 'email.booked.body',
  },
  reminder_email: {
    subject: 'email.reminder.subject',
    preheader: 'email.reminder.preheader',
    body: 'email.reminder.body',
  },
  moved: { subject: 'email.moved.subject', body: 'email.moved.body' },
  offer: { subject: 'email.offer.subject', body: 'email.offer.body' },
  offer_reminder: { subject: 'email.offerReminder.subject', body: 'email.offerReminder.body' },
  cancelled_by_client: { subject: 'email.cancelledByClient.subject', body: 'email.cancelledByClient.body' },
  cancelled_by_institution: {
    subject: 'email.cancelledByInstitution.subject',
    body: 'email.cancelledByInstitution.body',
  },
  missed: { subject: 'email.missed.subject', body: 'email.missed.body' },
  number: { subject: 'email.number.subject', body: 'email.number.body' },
  ended: { subject: 'email.summary.subject', body: 'email.summary.body' },
}

/**
 * Subject and both parts of an e-mail in the visit's language; the client's name, the topic and the case
 * stand nowhere in it.
 * @param extras the visits of an 'email.number', the summary of an 'email.summary'
 */
export function emailContent(
  kind: EmailKind,
  { visit, details }: Pick<DueMessage, 'visit' | 'details'>,
  source: EmailSource,
  { listed, summary }: EmailExtras = noExtras,
): EmailContent {
  const { institution } = source.directory
  const said = institutionTexts(source.directory, () => source.now)
  const words = said.words(visit.language)
  const own = said.wording(visit.language)
  const translator = liveTranslator(visit.language, said)
  const when = whenArgs(visit.startsAt, visit.language, institution.timeZone)
  const { subject: subjectKey, preheader, body: bodyKey } = texts[kind]
  const dateWords = dateInWords(visit.startsAt, visit.language, institution.timeZone)
  const subject = translator.t(subjectKey, { ...when, dateWords, number: visit.number })
  // The institution's words go along as arguments: those are escaped, so that an underscore stays one
  const args = {
    ...words,
    ...bodyArgs(visit, details, source, translator, listed),
    ...summaryArgs(visit, summary, source, translator),
  }
  const body = withoutEmptyRows(emailText(bodyKey, visit.language, args, words, own?.get(bodyKey)))
  const footer = emailText('email.footer', visit.language, args, words, own?.get('email.footer'))
  const { heading, subheading } = splitSubject(subject, visit.number)
  return {
    subject,
    html: emailHtml({
      language: visit.language,
      subject,
      preheader: preheader && translator.t(preheader, when),
      institution: words.instName,
      heading,
      subheading,
      body,
      footer,
    }),
    text: `${plainText(body)}\n${plainText(footer)}`,
  }
}

const whenArgs = (startsAt: Date, language: Language, timeZone: string) => ({
  day: dayInWords(startsAt, language, timeZone),
  time: timeOfDay(startsAt, timeZone),
})

const minutesBetween = (from: Date, to: Date) => Math.round((to.getTime() - from.getTime()) / 60_000)

const openTime = (startsAt: Date, { settings, timeZone }: Institution) =>
  timeOfDay(new Date(startsAt.getTime() - settings.openBeforeMinutes * 60_000), timeZone)

/** Only what will come is promised: no SMS to a landline, no reminder of a visit that is about to begin. */
const promised = ({ smsAhead, emailAhead }: VisitToTell): 'both' | 'email' | 'none' => {
  if (!emailAhead) return 'none'
  return smsAhead ? 'both' : 'email'
}

function bodyArgs(
  visit: VisitToTell,
  details: MessageDetails,
  { directory, keys, publicUrl }: EmailSource,
  translator: Translator,
  listed: readonly ListedVisit[],
): EmailArgs {
  const { institution } = directory
  const { language } = visit
  const urls = visitUrls(publicUrl, keys, visit)
  const oldStart = new Date(details.oldStartsAt ?? visit.startsAt)
  const old = whenArgs(oldStart, language, institution.timeZone)
  const until = whenArgs(new Date(details.until ?? visit.startsAt), language, institution.timeZone)
  return {
    ...whenArgs(visit.startsAt, language, institution.timeZone),
    number: visit.number,
    minutes: minutesBetween(visit.startsAt, visit.endsAt),
    branch: directory.branchById(visit.branchId)?.name ?? '',
    guardian: visit.hasGuardian ? 'yes' : 'no',
    recording: visit.recordingConsent ? 'on' : 'off',
    reminders: promised(visit),
    by: details.by ?? 'client',
    reason: reasonText(keys, visit.id, details, translator),
    oldDay: old.day,
    oldTime: old.time,
    untilDay: until.day,
    untilTime: until.time,
    openTime: openTime(visit.startsAt, institution),
    visits: { markdown: visitList(listed, language, institution.timeZone) },
    meetingUrl: urls.meeting,
    guardianUrl: urls.guardian,
    cancelUrl: urls.cancel,
    manageUrl: urls.manage,
    moveUrl: urls.move,
    deviceUrl: urls.device,
    rulesUrl: urls.rules,
    privacyUrl: urls.privacy,
    recordingUrl: urls.recording,
    bookUrl: details.by === 'institution' ? newTimeUrl(visit, directory, publicUrl) : urls.book,
  }
}

/** What the summary says; the texts come from the same place as those of the visit's page. */
function summaryArgs(
  visit: VisitToTell,
  summary: VisitSummary | null,
  { directory, keys, publicUrl }: EmailSource,
  translator: Translator,
): EmailArgs {
  if (!summary) return {}
  const { timeZone } = directory.institution
  const { words, topicId } = readAgreed(keys, visit)
  const list = (lines: readonly string[]) => ({
    markdown: lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n'),
  })
  const { meeting } = visitUrls(publicUrl, keys, visit)
  const early = visit.state === 'ended_early'
  return {
    start: timeOfDay(visit.startsAt, timeZone),
    end: timeOfDay(visit.endsAt, timeZone),
    early: early ? 'yes' : 'no',
    ended: early ? endedReason(visit, topicId, directory, translator) : '',
    items: list(summaryLines(summary, translator, directory)),
    next: list(nextLines(summary, words, translator, timeZone)),
    summaryUrl: meeting,
    ratingUrl: `${meeting}#ocena`,
  }
}

const endedReason = (
  { stateReason, endsAt, language }: VisitToTell,
  topicId: number | null,
  { institution, topicById }: EmailSource['directory'],
  { t }: Translator,
): string => {
  const reason = earlyEndReasons.find((one) => one === stateReason)
  // Its text promises a way back, which a visit that is over does not have
  if (!reason || reason === 'client_left') return t('ended.settled')
  const topic = (topicId === null ? undefined : topicById(topicId))?.texts[language].name ?? ''
  return t(`ended.${reason}`, { end: timeOfDay(endsAt, institution.timeZone), topic })
}

/** Times of the same topic and branch: whoever loses a visit through us has to choose a time only. */
const newTimeUrl = (
  { topicId, branchId, language }: VisitToTell,
  directory: EmailSource['directory'],
  publicUrl: string,
): string => {
  const topic = directory.topicById(topicId)
  const branch = directory.branchById(branchId)
  const query = topic && branch && new URLSearchParams({ temat: topic.code, oddzial: branch.code }).toString()
  return `${publicUrl}${localizedPath(language, query ? `/termin?${query}` : '/temat')}`
}

const reasonText = (keys: Keys, visitId: string, details: MessageDetails, { t }: Translator): string => {
  const reason = readReason(keys, visitId, details)
  if (!reason) return ''
  return 'words' in reason ? t('reason.institution.other', { text: reason.words }) : t(reason.key)
}

const visitList = (visits: readonly ListedVisit[], language: Language, timeZone: string): string =>
  visits
    .map(({ number, startsAt }) => {
      const { day, time } = whenArgs(startsAt, language, timeZone)
      return `- **${escapeMarkdown(number)}** – ${day}, ${time}`
    })
    .join('\n')

/** A label without a value (an institution that cancels without giving a reason) is left out. */
const withoutEmptyRows = (markdown: string): string =>
  markdown
    .split('\n')
    .filter((line) => !/^\*\*[^*]+:\*\*\s*$/.test(line))
    .join('\n')

/** 'Wizyta anulowana: wtorek, 29 grudnia (EW-…)' -> heading and the line below it; the number stands further down. */
const splitSubject = (subject: string, number: string) => {
  const bare = subject.replace(` (${number})`, '')
  const at = bare.indexOf(': ')
  return at < 0
    ? { heading: bare, subheading: undefined }
    : { heading: bare.slice(0, at), subheading: bare.slice(at + 2) }
}
