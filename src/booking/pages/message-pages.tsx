import type { VNode } from 'preact'
import type { TextKey } from '../../texts/catalogue'
import { LinkButton } from '../../ui/button'
import { PublicFrame } from '../../ui/frame'
import { PhoneText } from '../../ui/phone-text'
import { Notice } from '../../ui/notice'
import { frameOf, linkTo, type PageContext } from './page-context'

interface MessagePage {
  title: string
  body: string
  buttons: readonly (readonly [key: TextKey, path: string])[]
}

const messagePage = (page: PageContext, { title, body, buttons }: MessagePage): VNode => (
  <PublicFrame {...frameOf(page)} title={title}>
    <h1 class="q">{title}</h1>
    <p>{body}</p>
    <p>
      <PhoneText language={page.language} text={page.t.t('error.phone')} />
    </p>
    <div class="btns next">
      {buttons.map(([key, path], index) => (
        <LinkButton key={key} kind={index === 0 ? 'first' : 'second'} href={linkTo(page, path)}>
          {page.t.t(key)}
        </LinkButton>
      ))}
    </div>
  </PublicFrame>
)

/** This browser does not own the booking of the address. */
export const holdNotYoursPage = (page: PageContext): VNode =>
  messagePage(page, {
    title: page.t.t('hold.notYours.title'),
    body: page.t.t('hold.notYours.body'),
    buttons: [
      ['hold.notYours.again', '/temat'],
      ['footer.find', '/znajdz'],
    ],
  })

/** A person may have so many visits, and one on a topic: the existing one can be moved. */
export const limitPage = (page: PageContext, reason: 'same_topic' | 'too_many_visits'): VNode => {
  const { t } = page.t
  const n = page.directory.institution.settings.activeVisitsPerPerson
  return messagePage(page, {
    title: reason === 'same_topic' ? t('limit.sameTopic.title') : t('limit.total.title', { n }),
    body: t(reason === 'same_topic' ? 'limit.sameTopic.body' : 'limit.total.body'),
    buttons: [
      ['footer.find', '/znajdz'],
      ['error.home', '/'],
    ],
  })
}

/** The link is incomplete or was replaced by a newer one. */
export const invalidLinkPage = (page: PageContext): VNode =>
  messagePage(page, {
    title: page.t.t('link.invalid.title'),
    body: page.t.t('link.invalid.body'),
    buttons: [
      ['footer.find', '/znajdz'],
      ['error.home', '/'],
    ],
  })

/** We cannot know whether the booking was saved: finding out is safe, and so is asking again. */
export const unknownResultPage = (page: PageContext): VNode => {
  const { t } = page.t
  return (
    <PublicFrame {...frameOf(page)} title={t('review.title')} error>
      <h1 class="q">{t('review.title')}</h1>
      <Notice kind="trouble" role="alert">
        <p>{t('review.error.unknownResult')}</p>
      </Notice>
      <p>
        <PhoneText language={page.language} text={t('error.phone')} />
      </p>
      <div class="btns next">
        <LinkButton href={linkTo(page, '/znajdz')}>{t('footer.find')}</LinkButton>
      </div>
    </PublicFrame>
  )
}
