import type { VNode } from 'preact'
import { frameOf, linkTo, type PageContext } from '../../booking/pages/page-context'
import { clockTime, timeRange } from '../../booking/pages/visit-words'
import type { VisitRow } from '../../booking/visit-links'
import { type EarlyEndReason, earlyEndReasons } from '../../contract/visit-state'
import { LinkButton } from '../../ui/button'
import { PublicFrame } from '../../ui/frame'
import { SummaryList } from '../../ui/summary-list'
import { nextLines, summaryLines, type VisitSummary } from '../../message/visit-summary'
import type { ClosingNote } from '../visit-notes'
import { RatingErrors, RatingSection, type TypedRating } from './rating-section'

export interface EndedVisit {
  visit: VisitRow
  note: ClosingNote
  summary: VisitSummary
  now: Date
  /** Where the rating is sent to. */
  ratingAction: string
  /** What was typed into a rating that was not accepted, and why not. */
  typed?: TypedRating
}

/** From then on nobody comes out of the call any more, but opens an old link. */
const longAgoMinutes = 60

const isReason = (text: string | null): text is EarlyEndReason =>
  (earlyEndReasons as readonly (string | null)[]).includes(text)

/** How the visit ended: the reason, the officer's words, and what can be done about it. */
export const endedPage = (page: PageContext, ended: EndedVisit): VNode => {
  const { t } = page.t
  const { visit, note } = ended
  const title = titleOf(page, ended)
  const reason = reasonText(page, ended)
  const early = visit.state === 'ended_early'
  return (
    <PublicFrame {...frameOf(page)} title={title} error={ended.typed !== undefined}>
      {ended.typed && <RatingErrors page={page} typed={ended.typed} />}
      <h1 class="q">{title}</h1>
      {!early && <p>{t('ended.settled')}</p>}
      <SummaryList
        t={page.t}
        rows={[
          { term: t('booked.number.label'), value: <b class="nowrap">{visit.number}</b> },
          {
            term: t('review.time'),
            value: timeRange(page, { startsAt: visit.starts_at, endsAt: visit.ends_at }),
          },
          ...(reason === undefined ? [] : [{ term: t('ended.reason.label'), value: reason }]),
          ...(early && note.words !== '' ? [{ term: t('ended.note.label'), value: note.words }] : []),
        ]}
      />
      <SummarySection page={page} ended={ended} />
      {early ? <Complaint page={page} number={visit.number} /> : <p>{t('error.phone')}</p>}
      <div class="btns next">
        <LinkButton href={linkTo(page, rebookPath(page, ended))}>{t('ended.rebook')}</LinkButton>
      </div>
      <RatingSection page={page} rated={visit.rated} action={ended.ratingAction} typed={ended.typed} />
    </PublicFrame>
  )
}

/** What was done and what comes next, to be kept or printed. */
const SummarySection = ({
  page,
  ended: { visit, note, summary },
}: {
  page: PageContext
  ended: EndedVisit
}) => {
  const { t } = page.t
  const words = visit.state === 'ended_early' ? '' : note.words
  const next = nextLines(summary, words, page.t, page.directory.institution.timeZone)
  return (
    <section aria-labelledby="podsumowanie">
      <h2 id="podsumowanie" class="q">
        {t('summary.done.title')}
      </h2>
      <ul>
        {summaryLines(summary, page.t, page.directory).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <h2 class="q">{t('summary.next.title')}</h2>
      <ul>
        {next.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}

const Complaint = ({ page, number }: { page: PageContext; number: string }) => {
  const [before, after] = page.t.t('ended.complain', { number }).split(number)
  return (
    <p>
      {before}
      <b class="nowrap">{number}</b>
      {after}
    </p>
  )
}

/** The guardian is told that it is over; what was agreed belongs to the client. */
export const endedForGuardianPage = (page: PageContext): VNode => {
  const { t } = page.t
  return (
    <PublicFrame {...frameOf(page)} title={t('ended.title.completed')}>
      <h1 class="q">{t('ended.title.completed')}</h1>
      <p>{t('guardian.ended')}</p>
    </PublicFrame>
  )
}

function titleOf({ t: { t } }: PageContext, { visit, now }: EndedVisit): string {
  if (visit.state === 'ended_early') return t('ended.title.early')
  const endedAt = visit.ended_at ?? visit.ends_at
  const longAgo = now.getTime() - endedAt.getTime() > longAgoMinutes * 60_000
  return t(longAgo ? 'link.finished.title' : 'ended.title.completed')
}

function reasonText(page: PageContext, { visit, note }: EndedVisit): string | undefined {
  const { t } = page.t
  const reason = visit.state_reason
  // Its text promises a way back, which a visit that the officer has ended does not have
  if (visit.state !== 'ended_early' || !isReason(reason) || reason === 'client_left') return undefined
  const topic = topicOf(page, note)?.texts[page.language].name ?? ''
  return t(`ended.${reason}`, { end: clockTime(page, visit.ends_at), topic })
}

const topicOf = ({ directory }: PageContext, { topicId }: ClosingNote) =>
  topicId === null ? undefined : directory.topicById(topicId)

/** A visit on a wrong topic leads straight to the right one. */
function rebookPath(page: PageContext, { note }: EndedVisit): string {
  const topic = topicOf(page, note)
  return topic ? `/kod?temat=${topic.code}` : '/temat'
}
