import type { VNode } from 'preact'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'

interface ShownSecret {
  endpointPage: string
  description: string
  secret: string
  /** The old secret signs, too, until then, as written. */
  overlapUntil: string | null
}

/** The only page that ever shows a secret. */
export const secretPage = (
  page: StaffPage,
  { endpointPage, description, secret, overlapUntil }: ShownSecret,
): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('backoffice.secret.title')} current="settings">
      <main class="page">
        <div class="bar-top">
          <div>
            <p class="small muted">{description}</p>
            <h1>{t('backoffice.secret.title')}</h1>
          </div>
        </div>
        <div class="body">
          <div class="card narrow stack">
            <div class="n n-warn">
              <Icon name="alert" size={20} />
              <p>{t('backoffice.secret.once')}</p>
            </div>
            <div class="f">
              <label for="sekret">{t('backoffice.secret.label')}</label>
              <input id="sekret" class="code" value={secret} readOnly autocomplete="off" spellcheck={false} />
            </div>
            {overlapUntil !== null && <p>{t('backoffice.secret.overlap', { until: overlapUntil })}</p>}
            <p class="muted">{t('backoffice.secret.next')}</p>
            <p>
              <a class="b b-go" href={endpointPage}>
                {t('backoffice.secret.done')}
              </a>
            </p>
          </div>
        </div>
      </main>
    </StaffFrame>
  )
}
