import type { VNode } from 'preact'
import { Aside } from '../../ui/aside'
import { Button, LinkButton } from '../../ui/button'
import { PublicFrame } from '../../ui/frame'
import { Mark } from '../../ui/mark'
import { Notice } from '../../ui/notice'
import { PhoneText } from '../../ui/phone-text'
import { frameOf, linkTo, type PageContext } from './page-context'
import type { ShownVisit } from './visit-page-context'
import { dayTime } from './visit-words'
import { PrepareList } from './what-to-prepare'

/** Booked: when, where, under which number, and what happens next. */
export const confirmationPage = (page: PageContext, visit: ShownVisit, calendarPath: string): VNode => {
  const { t } = page.t
  const { row, branch, topic, maskedEmail, reminders, paths } = visit
  return (
    <PublicFrame
      {...frameOf(page)}
      title={t('booked.title')}
      aside={<ChangeOfPlans page={page} manage={paths.manage} />}
    >
      <div class="done dark">
        <Mark on="dark" size={56} />
        <h1>{t('booked.title')}</h1>
        <p class="when">{dayTime(page, row.starts_at)}</p>
        <p>{[branch?.name, topic?.texts[page.language].name].filter(Boolean).join(' · ')}</p>
        <div class="ticket">
          <span>{t('booked.number.label')}</span>
          <strong>{row.number}</strong>
        </div>
      </div>
      <p>{t('booked.number.hint')}</p>
      <h2 class="q">{t('booked.next.title')}</h2>
      <ol class="todo">
        <li>
          {t('booked.email', { maskedEmail })}
          <form action={linkTo(page, paths.resend)} method="post">
            <Button kind="quiet">{t('booked.email.missing')}</Button>
          </form>
        </li>
        <li>{t('booked.next.test')}</li>
        {reminders.sms && <li>{t('booked.next.sms')}</li>}
        {reminders.email && <li>{t('booked.next.email')}</li>}
        <li>
          {t('booked.next.join')} {t('booked.next.document')}
        </li>
      </ol>
      {topic && (
        <>
          <h2 class="q">{t('topic.prepare.title')}</h2>
          <p>{t('topic.prepare.note')}</p>
          <PrepareList page={page} topic={topic} />
        </>
      )}
      <Notice>
        <p>{t('booked.noLinks')}</p>
      </Notice>
      <div class="btns">
        <LinkButton icon="calendar" href={linkTo(page, calendarPath)}>
          {t('booked.calendar')}
        </LinkButton>
        <LinkButton kind="second" href={linkTo(page, '/sprawdz-urzadzenie')}>
          {t('booked.device')}
        </LinkButton>
      </div>
    </PublicFrame>
  )
}

const ChangeOfPlans = ({ page, manage }: { page: PageContext; manage: string }) => {
  const { t } = page.t
  return (
    <Aside title={t('booked.plans.title')}>
      <p>{t('booked.plans.body')}</p>
      <p>
        <a href={linkTo(page, manage)}>{t('booked.manage')}</a>
      </p>
      <p class="muted small">
        <PhoneText language={page.language} text={t('ui.help')} />
      </p>
    </Aside>
  )
}
