import type { VNode } from 'preact'
import { isActive } from '../../contract/visit-state'
import { countryName } from '../../institution/countries'
import { Button, LinkButton } from '../../ui/button'
import { PublicFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { SummaryList } from '../../ui/summary-list'
import { mayWithdrawRecording } from '../recording-consent'
import { AskedNotice } from './asked-notice'
import { frameOf, linkTo, type PageContext } from './page-context'
import { clockTime, dateOf, dayAndTime, timeRange } from './visit-words'
import type { ShownVisit } from './visit-page-context'

const deeds = ['moved', 'resent', 'withdrawn'] as const
type Deed = (typeof deeds)[number]

/** Whether an address tells of something that was just done. */
export const isDeed = (text: string | undefined): text is Deed => (deeds as readonly unknown[]).includes(text)

export interface ManagePageProps {
  visit: ShownVisit
  now: Date
  /** What was just done. */
  done?: Deed | undefined
}

/** The visit as it stands, with everything its client can do. */
export const managePage = (page: PageContext, { visit, now, done }: ManagePageProps): VNode => {
  const { t } = page.t
  const { row, branch, topic, maskedEmail } = visit
  return (
    <PublicFrame {...frameOf(page)} title={t('manage.title')}>
      <h1 class="q">{t('manage.title')}</h1>
      {done === 'moved' && (
        <Notice kind="done" role="status">
          <p>
            <b>{t('move.done.title')}</b>
          </p>
          <p>{t('move.done.body', { ...dayAndTime(page, row.starts_at), maskedEmail })}</p>
        </Notice>
      )}
      {done === 'resent' && (
        <Notice kind="done" role="status">
          <p>{t('manage.resend.done', { maskedEmail })}</p>
        </Notice>
      )}
      {done === 'withdrawn' && !row.recording_consent && (
        <Notice kind="done" role="status">
          <p>{t('manage.recording.withdrawn')}</p>
        </Notice>
      )}
      <AskedNotice page={page} visit={visit} now={now} />
      <p>
        <span class={`tag tag-${row.state}`}>{t(`manage.state.${row.state}`)}</span>
      </p>
      <SummaryList
        t={page.t}
        rows={[
          { term: t('booked.number.label'), value: <b class="nowrap">{row.number}</b> },
          {
            term: t('review.time'),
            value: timeRange(page, { startsAt: row.starts_at, endsAt: row.ends_at }),
          },
          ...(branch ? [{ term: t('review.branch'), value: branch.name }] : []),
          ...(topic ? [{ term: t('review.topic'), value: topic.texts[page.language].name }] : []),
          ...(row.country === null
            ? []
            : [{ term: t('country.label'), value: countryName(row.country, page.language) }]),
          { term: t('review.guardian'), value: visit.guardianName ?? t('review.guardian.none') },
        ]}
      />
      {isActive(row.state) ? (
        <Acts page={page} visit={visit} now={now} />
      ) : (
        <div class="btns next">
          <LinkButton href={linkTo(page, '/temat')}>{t('cancel.done.again')}</LinkButton>
        </div>
      )}
      {isActive(row.state) && (
        <p>{t(row.recording_consent ? 'manage.recording.given' : 'manage.recording.notGiven')}</p>
      )}
      {mayWithdrawRecording(row, page.directory.recordingPolicy(row.topic_id), now) && (
        <p>
          <a href={linkTo(page, visit.paths.recording)}>{t('manage.recording.withdraw')}</a>
        </p>
      )}
      {isActive(row.state) && visit.guardianUrl !== undefined && (
        <GuardianLink page={page} url={visit.guardianUrl} />
      )}
    </PublicFrame>
  )
}

const Acts = ({ page, visit, now }: { page: PageContext; visit: ShownVisit; now: Date }) => {
  const { t } = page.t
  const { row, paths } = visit
  const { openBeforeMinutes } = page.directory.institution.settings
  const opensAt = new Date(row.starts_at.getTime() - openBeforeMinutes * 60_000)
  const open = now >= opensAt
  const ahead = now < row.starts_at && row.state !== 'in_progress'
  return (
    <>
      {open ? (
        <div class="btns next">
          <LinkButton href={linkTo(page, paths.meeting)}>{t('manage.join')}</LinkButton>
        </div>
      ) : (
        <Notice icon="clock">
          <p>{t('manage.joinFrom', { dateWords: dateOf(page, opensAt), time: clockTime(page, opensAt) })}</p>
        </Notice>
      )}
      {ahead && (
        <>
          <div class="btns next">
            {row.state === 'booked' && (
              <LinkButton kind={open ? 'second' : 'first'} href={linkTo(page, paths.move)}>
                {t('manage.move')}
              </LinkButton>
            )}
            <LinkButton kind="second" href={linkTo(page, paths.cancel)}>
              {t('manage.cancel')}
            </LinkButton>
          </div>
          <p class="muted small under">{t('manage.until')}</p>
        </>
      )}
      <form action={linkTo(page, paths.resend)} method="post">
        <Button kind="quiet">{t('manage.resend')}</Button>
      </form>
    </>
  )
}

const GuardianLink = ({ page, url }: { page: PageContext; url: string }) => {
  const { t } = page.t
  return (
    <section class="below">
      <h2 class="q">{t('guardian.link.title')}</h2>
      <p>{t('guardian.link.body')}</p>
      <div class="field">
        <label for="guardian-link">{t('guardian.link.label')}</label>
        <input class="in" id="guardian-link" type="text" value={url} readOnly />
      </div>
      <p class="muted">{t('guardian.link.sameDevice')}</p>
    </section>
  )
}
