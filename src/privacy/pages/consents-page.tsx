import type { VNode } from 'preact'
import { renderMarkdown } from '../../platform/i18n/markdown'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import type { ConsentProof } from '../consent-proof'
import { consentWords } from './visit-section'

interface ShownConsents {
  number: string
  proofs: readonly ConsentProof[]
  back: string
  timeZone: string
}

/** What the client of a visit agreed to: the very text of the version, when, and when it was taken back. */
export const consentsPage = (page: StaffPage, { number, proofs, back, timeZone }: ShownConsents): VNode => {
  const { t } = page.staffTexts
  const title = t('person.consents.proof', { number })
  return (
    <StaffFrame page={page} title={title} current="person">
      <main class="page">
        <div class="bar-top">
          <h1>{title}</h1>
          <a href={back}>{t('person.case.title')}</a>
        </div>
        <div class="body stack personal">
          {proofs.length === 0 && <p class="empty">{t('person.consents.none')}</p>}
          {proofs.map((proof) => (
            <section key={proof.kind} class="card" aria-labelledby={proof.kind}>
              <h2 id={proof.kind}>
                {t('person.consent.title', { what: t(`person.consent.${proof.kind}`) })}
              </h2>
              <p>{consentWords(page, proof, timeZone)}</p>
              <p lang={proof.language}>{t('person.consent.ticked', { text: proof.label })}</p>
              {proof.text ? (
                <div
                  class="consent-text"
                  lang={proof.text.language}
                  dangerouslySetInnerHTML={{ __html: lowered(renderMarkdown(proof.text.body)) }}
                />
              ) : (
                <p class="n n-warn">{t('person.consent.noText')}</p>
              )}
            </section>
          ))}
        </div>
      </main>
    </StaffFrame>
  )
}

/** The text's own headings stand under the consent's. */
const lowered = (html: string): string =>
  html.replace(/<(\/?)h([1-4])\b/g, (_, slash: string, level: string) => `<${slash}h${Number(level) + 2}`)
