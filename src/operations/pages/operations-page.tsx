import type { VNode } from 'preact'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { operationsPath } from '../../staff/staff-places'
import { Icon } from '../../ui/icons'
import type { OperationsPart } from '../operations-part'

/** Whether everything runs, for who looks after the system. */
export const operationsPage = (
  page: StaffPage,
  { parts, checkedAt }: { parts: readonly OperationsPart[]; checkedAt: string },
): VNode => {
  const { t } = page.staffTexts
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
          {parts.map((part) => (
            <Part key={part.id} part={part} />
          ))}
        </div>
      </main>
    </StaffFrame>
  )
}

const Part = ({ part: { id, title, notices, details } }: { part: OperationsPart }) => (
  <section class="card" aria-labelledby={id}>
    <h2 id={id}>{title}</h2>
    {notices.map(({ tone, text, fix }) => (
      <div key={text} class={tone === 'bad' ? 'n n-warn' : 'n'}>
        <Icon name={tone === 'bad' ? 'alert' : 'info'} size={20} />
        <p>
          {text} {fix}
        </p>
      </div>
    ))}
    {details}
  </section>
)
