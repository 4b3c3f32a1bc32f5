import type { VNode } from 'preact'
import { Button, LinkButton } from '../../ui/button'
import { PublicFrame } from '../../ui/frame'
import { SummaryList } from '../../ui/summary-list'
import { frameOf, linkTo, type PageContext } from './page-context'
import type { ShownVisit } from './visit-page-context'
import { timeRange } from './visit-words'

/** Says what will become of the visit; only its button withdraws the consent. */
export const withdrawRecordingPage = (page: PageContext, { row, branch, paths }: ShownVisit): VNode => {
  const { t } = page.t
  const isRequired = page.directory.recordingPolicy(row.topic_id) === 'required'
  const title = t('manage.recording.withdraw.title')
  return (
    <PublicFrame {...frameOf(page)} title={title} back={paths.manage}>
      <h1 class="q">{title}</h1>
      <p>{t(`manage.recording.withdraw.${isRequired ? 'required' : 'optional'}`)}</p>
      <SummaryList
        t={page.t}
        rows={[
          {
            term: t('review.time'),
            value: timeRange(page, { startsAt: row.starts_at, endsAt: row.ends_at }),
          },
          ...(branch ? [{ term: t('review.branch'), value: branch.name }] : []),
        ]}
      />
      <form action={linkTo(page, paths.recording)} method="post">
        <div class="btns next">
          <Button kind={isRequired ? 'red' : 'first'}>{t('manage.recording.withdraw')}</Button>
          <LinkButton kind="second" href={linkTo(page, paths.manage)}>
            {t('manage.recording.withdraw.keep')}
          </LinkButton>
        </div>
      </form>
    </PublicFrame>
  )
}
