import { renderToString } from 'preact-render-to-string'
import { dateWords } from '../../platform/i18n/dates'
import type { PackageParts } from '../person-json'
import { instantWords, lookWords, stateWords } from '../person-words'
import type { PrivacyServices } from '../privacy-services'
import { recordingWords, visitFacts } from '../visit-facts'
import { consentWords } from './visit-section'

const styles =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#14231b}' +
  'dl{display:grid;grid-template-columns:12rem 1fr;gap:.25rem 1rem}dt{color:#45554c}dd{margin:0}' +
  'section{border-top:1px solid #d6ded8;margin-top:1.5rem}'

type Texts = Pick<PrivacyServices, 'staffTexts' | 'translators' | 'publicUrl'>

/** What is kept of a person, to be read by that person: one page that needs nothing else. */
export const personHtml = (services: Texts, parts: PackageParts): string => {
  const { staffTexts, translators, publicUrl } = services
  const { visits, looks, directory, now } = parts
  const { t } = staffTexts
  const { timeZone, texts: institution } = directory.institution
  const texts = { staffTexts, texts: translators.pl }
  const recorded = visits.filter(({ recording }) => recording !== null)
  const body = (
    <html lang="pl">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>{t('person.package.title')}</title>
        <style dangerouslySetInnerHTML={{ __html: styles }} />
      </head>
      <body>
        <h1>{t('person.package.title')}</h1>
        <p>
          {t('person.package.lead', { instName: institution.pl.name, date: dateWords(now, 'pl', timeZone) })}
        </p>
        <p>{t('person.package.rights', { page: `${publicUrl}/dane-osobowe` })}</p>
        {visits.map((visit) => (
          <section key={visit.row.id}>
            <h2>
              {t('person.visit', { number: visit.row.number })}, {instantWords(visit.row.starts_at, timeZone)}
            </h2>
            <p>
              {directory.branchById(visit.row.branch_id)?.name},{' '}
              {directory.topicById(visit.row.topic_id)?.texts.pl.name}, {stateWords(staffTexts, visit.row)}
            </p>
            <dl>
              {visitFacts(texts, visit, directory).map(([term, value]) => (
                <>
                  <dt>{term}</dt>
                  <dd>{value}</dd>
                </>
              ))}
            </dl>
            <Listed
              title={t('person.consents')}
              lines={visit.consents.map(
                (one) => `${t(`person.consent.${one.kind}`)}: ${consentWords({ staffTexts }, one, timeZone)}`,
              )}
            />
            <Listed
              title={t('person.applications')}
              lines={visit.settlement.applications.map(
                ({ reference, purpose, acceptedAt }) =>
                  `${reference}, ${purpose} (${instantWords(acceptedAt, timeZone)})`,
              )}
            />
            <Listed
              title={t('person.messages')}
              lines={visit.messages.map(
                ({ kind, state, at }) =>
                  `${instantWords(at, timeZone)}: ${t(`mailbox.kind.${kind}`)}, ${t(`mailbox.state.${state}`)}`,
              )}
            />
            <Listed
              title={t('person.chat')}
              lines={visit.chat.map(
                ({ author, text, sentAt }) =>
                  `${instantWords(sentAt, timeZone)}, ${t(`person.chat.${author}`)}: ${text}`,
              )}
            />
          </section>
        ))}
        <section>
          <h2>{t('person.package.recordings')}</h2>
          {recorded.length === 0 ? (
            <p>{t('person.package.recordings.none')}</p>
          ) : (
            <>
              <p>{t('person.package.recordings.hint')}</p>
              <ul>
                {recorded.map((visit) => (
                  <li key={visit.row.id}>
                    {visit.row.number}: {recordingWords(staffTexts, visit, timeZone)}
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
        <section>
          <h2>{t('person.package.looks')}</h2>
          <ul>
            {looks.map(({ at, action, visitId }, index) => (
              <li key={index}>
                {instantWords(at, timeZone)}: {lookWords(staffTexts, action)},{' '}
                {visits.find(({ row }) => row.id === visitId)?.row.number}
              </li>
            ))}
          </ul>
        </section>
      </body>
    </html>
  )
  return `<!doctype html>${renderToString(body)}`
}

const Listed = ({ title, lines }: { title: string; lines: readonly string[] }) =>
  lines.length === 0 ? null : (
    <>
      <h3>{title}</h3>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </>
  )
