import type { VNode } from 'preact'
import type { Directory } from '../../institution/directory'
import { nameOf } from '../../message/sealed-client'
import { smsDate, timeOfDay } from '../../platform/i18n/dates'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import { caseAddresses, type CaseDone, fields } from '../person-addresses'
import type { KeptVisit } from '../person-facts'
import { instantWords, keptSummary, lookWords, stateWords } from '../person-words'
import type { Person } from '../read-person'
import { VisitSection } from './visit-section'

interface ShownPerson extends Person {
  reason: string | null
  ready: { id: string; expiresAt: Date; visits: number } | undefined
  problem: string | undefined
  done: CaseDone | undefined
  directory: Directory
}

interface Part {
  page: StaffPage
  shown: ShownPerson
}

/** All that is kept of one person: visits, what is in them, who had to do with them; to hand over or to erase. */
export const personPage = (page: StaffPage, shown: ShownPerson): VNode => {
  const { t } = page.staffTexts
  const { found, reason, directory, problem } = shown
  const { timeZone } = directory.institution
  return (
    <StaffFrame page={page} title={t('person.case.title')} current="person">
      <main class="page">
        <div class="bar-top">
          <h1>{t('person.case.title')}</h1>
          <p class="muted small cap">
            {t(`person.by.${found.foundBy}`)}.{' '}
            {t('person.case.until', { time: timeOfDay(found.expiresAt, timeZone), reason: reason ?? '–' })}
          </p>
        </div>
        <div class="body stack personal">
          {problem !== undefined && (
            <p class="n n-warn" role="alert">
              <Icon name="alert" size={20} />
              {problem}
            </p>
          )}
          {shown.done && (
            <p class="n n-ok" role="status">
              <Icon name="done" size={20} />
              {t(`person.done.${shown.done}`)}
            </p>
          )}
          <Ready page={page} shown={shown} />
          <Visits page={page} shown={shown} />
          {shown.visits.map((visit) => (
            <VisitSection
              key={visit.row.id}
              page={page}
              visit={visit}
              directory={directory}
              caseId={found.id}
            />
          ))}
          <Looks page={page} shown={shown} />
        </div>
      </main>
    </StaffFrame>
  )
}

const Ready = ({ page, shown: { ready, found, directory } }: Part) => {
  const { t } = page.staffTexts
  if (!ready) return null
  return (
    <form class="n personal-ready" action={caseAddresses(found.id).take(ready.id)} method="post">
      <Icon name="download" size={20} />
      <p class="grow" role="status">
        {t('person.export.ready', {
          n: ready.visits,
          time: timeOfDay(ready.expiresAt, directory.institution.timeZone),
        })}
      </p>
      <button class="b b-go">{t('person.export.take')}</button>
    </form>
  )
}

const Visits = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { visits, found } = shown
  const addresses = caseAddresses(found.id)
  const names = new Set(visits.filter(({ row }) => row.client).map(({ client }) => nameOf(client)))
  const isOne = names.size <= 1
  return (
    <div class="card list">
      <div class="row">
        <h2>{t('person.visits')}</h2>
      </div>
      {!isOne && (
        <p class="n n-warn">
          <Icon name="people" size={20} />
          {t('person.several')}
        </p>
      )}
      <form id="wybor" action={addresses.export} method="post">
        <div class="scroll" tabIndex={0} role="region" aria-label={t('person.visits')}>
          <table class="t">
            <thead>
              <tr>
                <th scope="col">{t('person.column.choose')}</th>
                <th scope="col">{t('desk.visit.number')}</th>
                <th scope="col">{t('recordings.column.when')}</th>
                <th scope="col">{t('person.field.name')}</th>
                <th scope="col">{t('recordings.column.branch')}</th>
                <th scope="col">{t('desk.visit.topic')}</th>
                <th scope="col">{t('desk.visit.state')}</th>
                <th scope="col">{t('person.column.kept')}</th>
                <th scope="col">{t('person.column.erasure')}</th>
              </tr>
            </thead>
            <tbody>
              {visits.map((visit) => (
                <Row key={visit.row.id} page={page} shown={shown} visit={visit} ticked={isOne} />
              ))}
            </tbody>
          </table>
        </div>
        <div class="row personal-acts">
          <button class="b b-go">{t('person.export.button')}</button>
          <button class="b b-red" formaction={addresses.erase} formmethod="get">
            {t('person.erase.button')}
          </button>
        </div>
      </form>
    </div>
  )
}

const Row = ({ page, shown, visit, ticked }: Part & { visit: KeptVisit; ticked: boolean }) => {
  const { t } = page.staffTexts
  const { directory } = shown
  const { row, client } = visit
  return (
    <tr class={row.erased_at ? 'past' : ''}>
      <td>
        <input
          type="checkbox"
          class="tick"
          name={fields.visit}
          value={row.id}
          checked={ticked}
          aria-label={t('person.choose', { number: row.number })}
        />
      </td>
      <td class="nowrap">{row.number}</td>
      <td class="nowrap">{instantWords(row.starts_at, directory.institution.timeZone)}</td>
      <td class="who">{nameOf(client) || page.texts.t('ui.erased')}</td>
      <td>{directory.branchById(row.branch_id)?.name ?? '–'}</td>
      <td>{directory.topicById(row.topic_id)?.texts.pl.name ?? '–'}</td>
      <td>{stateWords(page.staffTexts, row)}</td>
      <td>{keptSummary(page.staffTexts, visit) || '–'}</td>
      <td>
        <Erasure page={page} shown={shown} visit={visit} />
      </td>
    </tr>
  )
}

const Erasure = ({ page, shown, visit: { row, obstacle } }: Part & { visit: KeptVisit }) => {
  const { t } = page.staffTexts
  if (row.erased_at) {
    const date = smsDate(row.erased_at, 'pl', shown.directory.institution.timeZone)
    return <>{t('person.erasure.erased', { date })}</>
  }
  if (shown.ordered.has(row.id)) return <>{t('person.erasure.ordered')}</>
  if (!obstacle) return <>{t('person.erasure.possible')}</>
  return (
    <span class="obstacle">
      {t(`person.obstacle.${obstacle}`)}
      {obstacle === 'ahead' && (
        <button
          class="b"
          formaction={caseAddresses(shown.found.id).cancel(row.id)}
          aria-label={t('person.cancel.label', { number: row.number })}
        >
          {t('person.cancel.button')}
        </button>
      )}
    </span>
  )
}

const Looks = ({ page, shown: { looks, visits, directory } }: Part) => {
  const { t } = page.staffTexts
  const numberOf = (id: string) => visits.find(({ row }) => row.id === id)?.row.number
  return (
    <div class="card list">
      <div class="row">
        <h2>{t('person.looks')}</h2>
      </div>
      {looks.length === 0 ? (
        <p class="empty">{t('person.looks.none')}</p>
      ) : (
        <div class="scroll" tabIndex={0} role="region" aria-label={t('person.looks')}>
          <table class="t">
            <thead>
              <tr>
                <th scope="col">{t('person.recent.at')}</th>
                <th scope="col">{t('person.looks.who')}</th>
                <th scope="col">{t('person.looks.what')}</th>
                <th scope="col">{t('desk.visit.number')}</th>
              </tr>
            </thead>
            <tbody>
              {looks.map(({ at, name, role, action, visitId }, index) => (
                <tr key={index}>
                  <td class="nowrap">{instantWords(at, directory.institution.timeZone)}</td>
                  <td>{name === null ? t('person.looks.gone') : `${name}${roleWords(page, role)}`}</td>
                  <td>{lookWords(page.staffTexts, action)}</td>
                  <td class="nowrap">{numberOf(visitId)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

const roles = ['officer', 'supervisor', 'administrator', 'inspector'] as const

/** ', kierownik' */
const roleWords = ({ staffTexts: { t } }: StaffPage, role: string | null): string => {
  const known = roles.find((one) => one === role)
  return known ? `, ${t(`admin.role.${known}`)}` : ''
}
