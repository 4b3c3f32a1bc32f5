import type { ComponentChildren, VNode } from 'preact'
import { dateWords } from '../../platform/i18n/dates'
import { renderMarkdown } from '../../platform/i18n/markdown'
import type { Day } from '../../platform/zone'
import type { TextKey } from '../../texts/catalogue'
import { PublicFrame } from '../../ui/frame'
import type { Institution } from '../directory'
import type { AccessibilityData, InstitutionData } from '../institution-data'
import type { InformationPage } from './information-page'

export interface AccessibilityProps {
  institution: Institution
  accessibility: AccessibilityData
  procedure: InstitutionData['accessibilityProcedure']
  publicUrl: string
}

/**
 * The accessibility declaration. The ids are asked for by the technical conditions of publication, version 2.0
 * of 31 July 2024, and read by monitoring programs: the same in every language, each at most once.
 */
export const accessibilityPage = (page: InformationPage, props: AccessibilityProps): VNode => {
  const { t: texts, language, path } = page
  const { t } = texts
  const { dates, values } = props.accessibility
  return (
    <PublicFrame t={texts} language={language} path={path} title={t('a11y.title')} back="/">
      <div class="doc">
        <h1>{t('a11y.title')}</h1>
        <Statement page={page} {...props} />
        <ul>
          <Dated page={page} label="a11y.published" id="a11y-data-publikacja" day={dates.published} />
          <Dated page={page} label="a11y.updated" id="a11y-data-aktualizacja" day={dates.updated} />
        </ul>
        <h2>{t('a11y.status.heading')}</h2>
        <p id="a11y-status">{values.status[language]}</p>
        <h2>{t('a11y.prepared.heading')}</h2>
        <ul>
          <Dated page={page} label="a11y.prepared" id="a11y-data-sporzadzenie" day={dates.made} />
          {dates.reviewed !== null && (
            <Dated page={page} label="a11y.reviewed" id="a11y-data-przeglad" day={dates.reviewed} />
          )}
        </ul>
        <p>{t('a11y.method.self')}</p>
        <h2>{t('a11y.aids.heading')}</h2>
        <p>{t('a11y.aids')}</p>
        <h2>{t('a11y.shortcuts.heading')}</h2>
        <p>{t('a11y.shortcuts')}</p>
        <Contact page={page} {...props} />
        <Section id="a11y-procedura" heading={t('a11y.procedure.heading')}>
          <div
            dangerouslySetInnerHTML={{
              __html: renderMarkdown(
                props.procedure[language].replace('{ombudsmanUrl}', values.ombudsmanUrl[language]),
              ),
            }}
          />
        </Section>
        <h2>{t('a11y.other.heading')}</h2>
        <section id="a11y-architektura">
          <h3>{t('a11y.architecture.heading')}</h3>
          <p>{values.architecture[language]}</p>
        </section>
        <section id="a11y-komunikacja">
          <h3>{t('a11y.communication.heading')}</h3>
          <p>{values.communication[language]}</p>
        </section>
      </div>
    </PublicFrame>
  )
}

/** The opening statement, word for word as the institution filled it in, with whom, what and where it is about. */
const Statement = ({ page, institution, accessibility, publicUrl }: AccessibilityProps & PageProp) => (
  <>
    <p id="a11y-wstep">
      {accessibility.values.intro[page.language]}
      <br />
      <span id="a11y-podmiot">{institution.texts[page.language].name}</span>,{' '}
      <span id="a11y-zakres">{page.t.t('ui.serviceName')}</span>,{' '}
      <a id="a11y-url" href={publicUrl}>
        {publicUrl}
      </a>
    </p>
  </>
)

const Contact = ({ page, institution, accessibility }: AccessibilityProps & PageProp) => {
  const { t } = page.t
  const { person, email } = accessibility.values
  return (
    <Section id="a11y-kontakt" heading={t('a11y.contact.heading')}>
      <p>
        {t('a11y.contact')} <span id="a11y-osoba">{person[page.language]}</span>,{' '}
        <a id="a11y-email" href={`mailto:${email[page.language]}`}>
          {email[page.language]}
        </a>
        ,{' '}
        <a id="a11y-telefon" href={`tel:${institution.phoneE164}`}>
          {institution.texts[page.language].phone}
        </a>
      </p>
    </Section>
  )
}

interface PageProp {
  page: InformationPage
}

const Section = ({ id, heading, children }: { id: string; heading: string; children: ComponentChildren }) => (
  <section id={id}>
    <h2>{heading}</h2>
    {children}
  </section>
)

const Dated = ({ page, label, id, day }: PageProp & { label: TextKey; id: string; day: Day }) => (
  <li>
    {page.t.t(label)}:{' '}
    <time id={id} dateTime={day}>
      {dateWords(day, page.language, page.timeZone)}
    </time>
  </li>
)
