import type { Directory } from '../../institution/directory'
import type { StaffPage } from '../../staff/pages/staff-frame'
import { caseAddresses } from '../person-addresses'
import type { KeptVisit } from '../person-facts'
import { instantWords } from '../person-words'
import { visitFacts } from '../visit-facts'

interface Part {
  page: StaffPage
  visit: KeptVisit
  directory: Directory
}

/** Everything that is kept of one visit, to be opened. */
export const VisitSection = ({ page, visit, directory, caseId }: Part & { caseId: string }) => {
  const { t } = page.staffTexts
  const { row } = visit
  return (
    <details class="card kept-visit">
      <summary>
        <h3>{t('person.visit', { number: row.number })}</h3>
      </summary>
      <dl class="kv">
        {visitFacts(page, visit, directory).map(([term, value]) => (
          <>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </>
        ))}
        {visit.interpreter !== null && (
          <>
            <dt>{t('person.field.interpreter')}</dt>
            <dd>{visit.interpreter}</dd>
          </>
        )}
      </dl>
      <Consents page={page} visit={visit} directory={directory} caseId={caseId} />
      <Applications page={page} visit={visit} directory={directory} />
      <Messages page={page} visit={visit} directory={directory} />
      <Chat page={page} visit={visit} directory={directory} />
    </details>
  )
}

const Consents = ({ page, visit, directory, caseId }: Part & { caseId: string }) => {
  const { t } = page.staffTexts
  const { timeZone } = directory.institution
  if (visit.consents.length === 0) return null
  return (
    <section>
      <h4>{t('person.consents')}</h4>
      <ul>
        {visit.consents.map((consent) => (
          <li key={consent.kind}>
            {t(`person.consent.${consent.kind}`)}: {consentWords(page, consent, timeZone)}
          </li>
        ))}
      </ul>
      <p>
        <a href={caseAddresses(caseId).consents(visit.row.id)}>
          {t('person.consents.open')}
          <span class="hide"> {visit.row.number}</span>
        </a>
      </p>
    </section>
  )
}

/** Version, language, when it was given, and when taken back. */
export const consentWords = (
  { staffTexts: { t } }: Pick<StaffPage, 'staffTexts'>,
  { version, language, givenAt, withdrawnAt }: Omit<KeptVisit['consents'][number], 'label'>,
  timeZone: string,
): string => {
  const given = t('person.consent.given', {
    version,
    language: t(`person.language.${language === 'en' || language === 'uk' ? language : 'pl'}`),
    date: instantWords(givenAt, timeZone),
  })
  const end = withdrawnAt
    ? t('person.consent.withdrawn', { date: instantWords(withdrawnAt, timeZone) })
    : t('person.consent.standing')
  return `${given}, ${end}`
}

const Applications = ({ page, visit, directory }: Part) => {
  const { t } = page.staffTexts
  const { applications } = visit.settlement
  if (applications.length === 0) return null
  const kindOf = (code: string) =>
    directory.certificateKinds.find((kind) => kind.code === code)?.texts.pl ?? code
  return (
    <section>
      <h4>{t('person.applications')}</h4>
      <ul>
        {applications.map(({ id, reference, kindCode, purpose, acceptedAt }) => (
          <li key={id}>
            {reference}, {kindOf(kindCode)}
            {purpose !== '' && `: ${purpose}`} ({instantWords(acceptedAt, directory.institution.timeZone)})
          </li>
        ))}
      </ul>
    </section>
  )
}

const Messages = ({ page, visit, directory }: Part) => {
  const { t } = page.staffTexts
  if (visit.messages.length === 0) return null
  return (
    <section>
      <h4>{t('person.messages')}</h4>
      <ul>
        {visit.messages.map(({ kind, state, at }, index) => (
          <li key={index}>
            {instantWords(at, directory.institution.timeZone)}: {t(`mailbox.kind.${kind}`)},{' '}
            {t(`mailbox.state.${state}`)}
          </li>
        ))}
      </ul>
    </section>
  )
}

const Chat = ({ page, visit, directory }: Part) => {
  const { t } = page.staffTexts
  if (visit.chat.length === 0) return null
  return (
    <section>
      <h4>{t('person.chat')}</h4>
      <ul>
        {visit.chat.map(({ id, author, text, sentAt }) => (
          <li key={id}>
            {instantWords(sentAt, directory.institution.timeZone)}, {t(`person.chat.${author}`)}: {text}
          </li>
        ))}
      </ul>
    </section>
  )
}
