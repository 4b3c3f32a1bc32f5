import type { VNode } from 'preact'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { operationsPath } from '../../staff/staff-places'
import { Icon } from '../../ui/icons'
import type { OperationsNotice, OperationsPart } from '../operations-part'

const isBad = ({ tone }: OperationsNotice) => tone === 'bad'

/** Whether everything runs, for who looks after the system. */
export const operationsPage = (
  page: StaffPage,
  { parts, checkedAt }: { parts: readonly OperationsPart[]; checkedAt: string },
): VNode => {
  const { t } = page.staffTexts
  const troubled = parts.filter(({ notices }) => notices.some(isBad))
  return (
    <StaffFrame page={page} title={t('ops.title')} current="operations">
      <main class="page">
        <div class="bar-top">
          <h1>{t('ops.title')}</h1>
          <p class="row">
            <span class="muted">{t('ops.checkedAt', { time: checkedAt })}</span>
            <a class="b" href={operationsPath}>
              {t('ops.again')}
            </a>
          </p>
        </div>
        <div class="body">
          <Summary page={page} troubled={troubled} />
          <div class="ops-parts">
            {parts.map((part) => (
              <Part key={part.id} page={page} part={part} />
            ))}
          </div>
        </div>
      </main>
    </StaffFrame>
  )
}

const Summary = ({ page, troubled }: { page: StaffPage; troubled: readonly OperationsPart[] }) => {
  const { t } = page.staffTexts
  if (troubled.length === 0)
    return (
      <p class="n n-ok ops-summary" data-operations="well">
        <Icon name="done" size={20} />
        {t('ops.allWell')}
      </p>
    )
  return (
    <div class="n n-warn ops-summary" data-operations="troubled">
      <Icon name="alert" size={20} />
      <p>
        {t('ops.toDo', { n: troubled.length })}{' '}
        {troubled.map(({ id, title }, index) => (
          <>
            {index > 0 && ', '}
            <a href={`#${id}`}>{title}</a>
          </>
        ))}
        .
      </p>
    </div>
  )
}

const Part = ({ page, part: { id, title, notices, details } }: { page: StaffPage; part: OperationsPart }) => {
  const isTroubled = notices.some(isBad)
  return (
    <section class="card" aria-labelledby={id} data-part={isTroubled ? 'troubled' : 'well'}>
      <h2 id={id} class={isTroubled ? 'st st-warn' : 'st st-ok'}>
        <Icon name={isTroubled ? 'alert' : 'done'} size={20} />
        <span class="hide">{page.staffTexts.t(isTroubled ? 'ops.part.bad' : 'ops.part.ok')} </span>
        {title}
      </h2>
      {notices.map((notice) => (
        <Notice key={notice.text} notice={notice} />
      ))}
      {details}
    </section>
  )
}

const Notice = ({ notice: { tone, text, fix, link } }: { notice: OperationsNotice }) => (
  <div class={tone === 'bad' ? 'n n-warn' : 'n'}>
    <Icon name={tone === 'bad' ? 'alert' : 'info'} size={20} />
    <p>
      {text} {fix} {link && <a href={link.path}>{link.text}</a>}
    </p>
  </div>
)
