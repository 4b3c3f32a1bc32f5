import type { VNode } from 'preact'
import { Button, LinkButton } from '../../ui/button'
import { PublicFrame } from '../../ui/frame'
import { PhoneText } from '../../ui/phone-text'
import { frameOf, linkTo, type PageContext } from './page-context'
import { dayAndTime } from './visit-words'
import type { ShownVisit } from './visit-page-context'

/** Asks; only its button cancels. */
export const cancelPage = (page: PageContext, { row, branch, paths }: ShownVisit): VNode => {
  const { t } = page.t
  return (
    <PublicFrame {...frameOf(page)} title={t('cancel.title')}>
      <h1 class="q">{t('cancel.title')}</h1>
      <p>{t('cancel.body', { ...dayAndTime(page, row.starts_at), branch: branch?.name ?? '' })}</p>
      <p class="muted">{t('cancel.note')}</p>
      <form action={linkTo(page, paths.cancel)} method="post">
        <div class="btns next">
          <Button kind="red">{t('cancel.button')}</Button>
          <LinkButton kind="second" href={linkTo(page, paths.manage)}>
            {t('cancel.keep')}
          </LinkButton>
        </div>
      </form>
      <p class="under">
        <a href={linkTo(page, paths.move)}>{t('cancel.move')}</a>
      </p>
    </PublicFrame>
  )
}

/** Cancelled just now, or long ago: nothing to be done. */
export const cancelledPage = (page: PageContext, { maskedEmail }: ShownVisit, justNow: boolean): VNode => {
  const { t } = page.t
  const title = t(justNow ? 'cancel.done.title' : 'cancel.already.title')
  return (
    <PublicFrame {...frameOf(page)} title={title}>
      <h1 class="q">{title}</h1>
      <p>{justNow ? t('cancel.done.body', { maskedEmail }) : t('cancel.already.body')}</p>
      <div class="btns next">
        <LinkButton href={linkTo(page, '/temat')}>{t('cancel.done.again')}</LinkButton>
      </div>
    </PublicFrame>
  )
}

/** The visit has begun or is over. */
export const tooLateToCancelPage = (page: PageContext, { paths }: ShownVisit): VNode => {
  const { t } = page.t
  const title = t('cancel.error.tooLate.title')
  return (
    <PublicFrame {...frameOf(page)} title={title}>
      <h1 class="q">{title}</h1>
      <p>{t('cancel.error.tooLate.body')}</p>
      <p>
        <PhoneText language={page.language} text={t('error.phone')} />
      </p>
      <div class="btns next">
        <LinkButton href={linkTo(page, paths.manage)}>{t('manage.title')}</LinkButton>
      </div>
    </PublicFrame>
  )
}
