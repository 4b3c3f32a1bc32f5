import type { ComponentChildren, VNode } from 'preact'
import { frameOf, linkTo, type PageContext } from '../../booking/pages/page-context'
import { clockTime, dayAndTime } from '../../booking/pages/visit-words'
import type { VisitRow } from '../../booking/visit-links'
import { LinkButton } from '../../ui/button'
import { PublicFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import { opensAt } from '../meeting-standing'

interface StandingPage {
  title: string
  /** Where one books anew. */
  rebookAt?: string
  children: ComponentChildren
}

const standingPage = (page: PageContext, { title, rebookAt = '/temat', children }: StandingPage): VNode => (
  <PublicFrame {...frameOf(page)} title={title}>
    <h1 class="q">{title}</h1>
    {children}
    <div class="btns next">
      <LinkButton href={linkTo(page, rebookAt)}>{page.t.t('ended.rebook')}</LinkButton>
    </div>
  </PublicFrame>
)

/** Too early; the page asks again by itself when the door opens. */
export const earlyPage = (page: PageContext, visit: VisitRow, devicePath: string): VNode => {
  const { t } = page.t
  const { openBeforeMinutes } = page.directory.institution.settings
  const openTime = clockTime(page, opensAt(visit.starts_at, openBeforeMinutes))
  return (
    <PublicFrame {...frameOf(page)} title={t('link.early.title')}>
      <h1 class="q">{t('link.early.title')}</h1>
      <p>{t('link.early.body', { ...dayAndTime(page, visit.starts_at), openTime })}</p>
      <Notice icon="clock" role="status">
        <p>{t('link.early.auto')}</p>
      </Notice>
      <div class="btns next">
        <LinkButton kind="second" href={linkTo(page, devicePath)}>
          {t('link.early.device')}
        </LinkButton>
      </div>
    </PublicFrame>
  )
}

/** The time has passed and nobody came. */
export const latePage = (page: PageContext, visit: VisitRow): VNode => {
  const { t } = page.t
  return standingPage(page, {
    title: t('link.late.title'),
    children: (
      <>
        <p>{t('link.late.body', dayAndTime(page, visit.starts_at))}</p>
        <p>{t('error.phone')}</p>
      </>
    ),
  })
}

/** It was not the client's fault: a new time of the same matter at the same branch is one press away. */
export const missedByInstitutionPage = (page: PageContext, visit: VisitRow): VNode => {
  const { t } = page.t
  return standingPage(page, {
    title: t('link.missedByUs.title'),
    rebookAt: sameTimes(page, visit),
    children: <p>{t('link.missedByUs.body')}</p>,
  })
}

export const cancelledByClientPage = (page: PageContext, visit: VisitRow): VNode => {
  const { t } = page.t
  return standingPage(page, {
    title: t('link.cancelledByYou.title'),
    children: <p>{t('link.cancelledByYou.body', dayAndTime(page, visit.state_changed_at))}</p>,
  })
}

/** `reason` in the person's language or in the officer's own words, without its full stop. */
export const cancelledByInstitutionPage = (page: PageContext, reason: string | undefined): VNode => {
  const { t } = page.t
  return standingPage(page, {
    title: t('link.cancelledByUs.title'),
    children: (
      <p>
        {reason === undefined
          ? t('link.missedByUs.body')
          : t('link.cancelledByUs.body', { reason: reason.replace(/\.$/, '') })}
      </p>
    ),
  })
}

function sameTimes({ directory }: PageContext, visit: VisitRow): string {
  const topic = directory.topicById(visit.topic_id)
  const branch = directory.branchById(visit.branch_id)
  if (!topic || !branch) return '/temat'
  return `/termin?${new URLSearchParams({ temat: topic.code, oddzial: branch.code }).toString()}`
}
