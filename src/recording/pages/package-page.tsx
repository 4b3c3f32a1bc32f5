import type { VNode } from 'preact'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'

/** The passphrase of a package, shown this once. */
export const packagePage = (
  page: StaffPage,
  { passphrase, download, back }: { passphrase: string; download: string; back: string },
): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('recording.package')} current="recordings">
      <main class="page">
        <div class="bar-top">
          <h1>{t('recording.package')}</h1>
        </div>
        <div class="body">
          <section class="card reason-form" aria-labelledby="haslo">
            <p>{t('recording.package.body')}</p>
            <h2 id="haslo">{t('recording.package.passphrase')}</h2>
            <p class="passphrase">
              <code>{passphrase}</code>
            </p>
            <p class="n n-warn">
              <Icon name="alert" size={20} />
              {t('recording.package.once')}
            </p>
            <p class="row">
              <a class="b b-go" href={download}>
                <Icon name="download" size={20} />
                {t('recording.package.download')}
              </a>
              <a class="b" href={back}>
                {t('recording.package.back')}
              </a>
            </p>
          </section>
        </div>
      </main>
    </StaffFrame>
  )
}
