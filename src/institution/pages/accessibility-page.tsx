import type { ComponentChildren, VNode } from 'preact'
import { dateWords } from '../../platform/i18n/dates'
import { renderMarkdown } from '../../platform/i18n/markdown'
import type { Day } from '../../platform/zone'
import type { TextKey } from '../../texts/catalogue'
import { PublicFrame } from '../../ui/frame'
import { shownPhone } from '../declaration'
import type { Declaration, DeclarationExtra } from '../declaration-schema'
import type { Institution } from '../directory'
import { DeclarationIntro } from './declaration-intro'
import type { InformationPage } from './information-page'

export interface AccessibilityProps {
  institution: Pick<Institution, 'phoneE164' | 'texts'>
  declaration: Declaration
  publicUrl: string
}

type Part = AccessibilityProps & { page: InformationPage }

/**
 * The accessibility declaration. The ids are asked for by the technical conditions of publication, version 2.0
 * of 31 July 2024, and read by monitoring programs: the same in every language, each at most once. Two more of
 * earlier versions, `a11y-deklaracja` and `a11y-audytor`, do no harm. What stands on which element, and which
 * headings there are, is written down in `declaration-rules-for-tests.ts`.
 */
export const accessibilityPage = (page: InformationPage, props: AccessibilityProps): VNode => {
  const { t: texts, language, path } = page
  const { t } = texts
  const { dates, values, extras, method } = props.declaration
  const part = { page, ...props }
  return (
    <PublicFrame t={texts} language={language} path={path} title={t('a11y.title')} back="/">
      <div class="doc" id="a11y-deklaracja">
        <h1>{wordForWord(t('a11y.title'))}</h1>
        <DeclarationIntro
          text={values.intro[language]}
          body={props.institution.texts[language].name}
          scope={{ within: t('a11y.scope.within'), alone: t('a11y.scope.alone') }}
          site={t('ui.serviceName')}
          url={props.publicUrl}
        />
        <ul>
          <Dated page={page} label="a11y.published" id="a11y-data-publikacja" day={dates.published} />
          <Dated page={page} label="a11y.updated" id="a11y-data-aktualizacja" day={dates.updated} />
        </ul>
        <h2>{wordForWord(t('a11y.status.heading'))}</h2>
        <p id="a11y-status">{values.status[language]}</p>
        <Inaccessible {...part} />
        <h2>{wordForWord(t('a11y.prepared.heading'))}</h2>
        <ul>
          <Dated page={page} label="a11y.prepared" id="a11y-data-sporzadzenie" day={dates.made} />
          {dates.reviewed !== null && (
            <Dated page={page} label="a11y.reviewed" id="a11y-data-przeglad" day={dates.reviewed} />
          )}
        </ul>
        {method === 'audit' ? (
          <p id="a11y-audytor">{t('a11y.method.audit', { auditor: extras.auditor[language] })}</p>
        ) : (
          <p>{t('a11y.method.self')}</p>
        )}
        <h2>{wordForWord(t('a11y.aids.heading'))}</h2>
        <p>{t('a11y.aids')}</p>
        <h2>{wordForWord(t('a11y.shortcuts.heading'))}</h2>
        <p>{t('a11y.shortcuts')}</p>
        <Contact {...part} />
        <Section id="a11y-procedura" heading={t('a11y.procedure.heading')}>
          <div dangerouslySetInnerHTML={{ __html: procedureHtml(part) }} />
        </Section>
        <Other {...part} />
      </div>
    </PublicFrame>
  )
}

/** The ombudsman's address is typed by an administrator: it must not end the link that it stands in. */
const procedureHtml = ({ page: { language }, declaration: { procedure, values } }: Part): string =>
  renderMarkdown(procedure[language].replaceAll('{ombudsmanUrl}', encodeURI(values.ombudsmanUrl[language])))

/** What cannot be used, and what the act leaves out; only where there is such. */
const Inaccessible = (part: Part) => {
  const { page, declaration } = part
  const { t } = page.t
  const { inaccessible, exempt, excessiveCost } = declaration.extras
  const cost = excessiveCost[page.language]
  if ([inaccessible, exempt, excessiveCost].every((extra) => extra[page.language] === '')) return null
  return (
    <>
      <h2>{wordForWord(t('a11y.inaccessible.heading'))}</h2>
      <Entries {...part} extra="inaccessible" heading="a11y.inaccessible.annex" />
      <Entries {...part} extra="exempt" heading="a11y.exempt.heading" />
      {cost !== '' && (
        <section id="a11y-ocena">
          <h3>{wordForWord(t('a11y.cost.heading'))}</h3>
          <Paragraphs text={cost} />
        </section>
      )}
    </>
  )
}

const Entries = ({
  page,
  declaration,
  extra,
  heading,
}: Part & { extra: DeclarationExtra; heading: TextKey }) => {
  const entries = linesOf(declaration.extras[extra][page.language])
  if (entries.length === 0) return null
  return (
    <>
      <h3>{wordForWord(page.t.t(heading))}</h3>
      <ul>
        {entries.map((entry) => (
          <li key={entry}>{entry}</li>
        ))}
      </ul>
    </>
  )
}

const Contact = ({ page, institution, declaration }: Part) => {
  const { t } = page.t
  const { person, email } = declaration.values
  const phone = shownPhone(declaration, institution, page.language)
  return (
    <Section heading={t('a11y.contact.heading')}>
      <p>
        {t('a11y.contact')} <span id="a11y-kontakt">{person[page.language]}</span>,{' '}
        <a id="a11y-email" href={`mailto:${email[page.language]}`}>
          {email[page.language]}
        </a>
        ,{' '}
        <a id="a11y-telefon" href={`tel:${phone.e164}`}>
          {phone.words}
        </a>
      </p>
    </Section>
  )
}

const Other = ({ page: { t: texts, language }, declaration: { values, extras } }: Part) => {
  const { t } = texts
  const url = extras.architectureUrl[language]
  return (
    <>
      <h2>{wordForWord(t('a11y.other.heading'))}</h2>
      {extras.apps[language] !== '' && (
        <section id="a11y-aplikacje">
          <h3>{wordForWord(t('a11y.apps.heading'))}</h3>
          <Paragraphs text={extras.apps[language]} />
        </section>
      )}
      <section id="a11y-architektura">
        <h3>{wordForWord(t('a11y.architecture.heading'))}</h3>
        <Paragraphs text={values.architecture[language]} />
        {url !== '' && (
          <p>
            <a id="a11y-architektura-url" href={url}>
              {t('a11y.architecture.more')}
            </a>
          </p>
        )}
      </section>
      <section id="a11y-komunikacja">
        <h3>{wordForWord(t('a11y.communication.heading'))}</h3>
        <Paragraphs text={values.communication[language]} />
      </section>
    </>
  )
}

/** Programs compare the headings with the conditions' own, in which every space is an ordinary one. */
const wordForWord = (heading: string): string => heading.replaceAll('\u00A0', ' ')

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

const Paragraphs = ({ text }: { text: string }) => (
  <>
    {linesOf(text).map((line) => (
      <p key={line}>{line}</p>
    ))}
  </>
)

const Section = ({
  id,
  heading,
  children,
}: {
  id?: string
  heading: string
  children: ComponentChildren
}) => (
  <section id={id}>
    <h2>{wordForWord(heading)}</h2>
    {children}
  </section>
)

const Dated = ({ page, label, id, day }: { page: InformationPage; label: TextKey; id: string; day: Day }) => (
  <li>
    {page.t.t(label)}:{' '}
    <time id={id} dateTime={day}>
      {dateWords(day, page.language, page.timeZone)}
    </time>
  </li>
)
