import type { VNode } from 'preact'
import type { Directory } from '../../institution/directory'
import { nameOf } from '../../message/sealed-client'
import { type FormProblem, FormProblems, invalid } from '../../staff/pages/form-problems'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { erasureGrounds } from '../erase-person'
import { caseAddresses, fields } from '../person-addresses'
import type { KeptVisit } from '../person-facts'
import { longestReason } from '../person-reason'
import { instantWords } from '../person-words'

/** A form with mistakes, and what was typed into it. */
export interface RefusedErasure {
  problems: readonly FormProblem[]
  reason: string
  ground: string
  understood: boolean
}

interface ShownErasure {
  caseId: string
  visits: readonly KeptVisit[]
  refused: RefusedErasure | undefined
  directory: Directory
}

interface Part {
  page: StaffPage
  shown: ShownErasure
}

const goes = ['client', 'words', 'messages', 'recording', 'links'] as const
const stays = ['fact', 'consents', 'applications', 'audit', 'record'] as const

/** Asked before data are erased: whose, what goes, what stays and why. */
export const erasePage = (page: StaffPage, shown: ShownErasure): VNode => {
  const { t } = page.staffTexts
  const { caseId, visits, refused } = shown
  const title = t('person.erase.title')
  const possible = visits.filter(({ obstacle }) => !obstacle)
  const blocked = visits.filter(({ obstacle }) => obstacle)
  return (
    <StaffFrame page={page} title={title} current="person" failed={refused !== undefined}>
      <main class="page">
        <div class="bar-top">
          <h1>{title}</h1>
          <a href={caseAddresses(caseId).page}>{t('person.erase.back')}</a>
        </div>
        <div class="body stack personal">
          {possible.length === 0 && <p class="n">{t('person.erase.none')}</p>}
          {blocked.length > 0 && (
            <section class="card" aria-labelledby="zostaja">
              <h2 id="zostaja">{t('person.erase.blocked')}</h2>
              <ul>
                {blocked.map((visit) => (
                  <li key={visit.row.id}>
                    {visitWords(shown, visit)}: {t(`person.obstacle.${visit.obstacle ?? 'held'}`)}
                  </li>
                ))}
              </ul>
            </section>
          )}
          {possible.length > 0 && (
            <>
              <section class="card" aria-labelledby="usuwane">
                <h2 id="usuwane">{t('person.erase.visits')}</h2>
                <ul>
                  {possible.map((visit) => (
                    <li key={visit.row.id}>{visitWords(shown, visit)}</li>
                  ))}
                </ul>
              </section>
              <div class="two-col">
                <List page={page} title="person.erase.goes" of={goes.map((one) => `goes.${one}` as const)} />
                <List
                  page={page}
                  title="person.erase.stays"
                  of={stays.map((one) => `stays.${one}` as const)}
                />
              </div>
              <EraseForm page={page} shown={{ ...shown, visits: possible }} />
            </>
          )}
        </div>
      </main>
    </StaffFrame>
  )
}

const visitWords = ({ directory }: ShownErasure, { row, client }: KeptVisit): string =>
  [row.number, nameOf(client), instantWords(row.starts_at, directory.institution.timeZone)].join(', ')

const List = ({
  page,
  title,
  of,
}: {
  page: StaffPage
  title: 'person.erase.goes' | 'person.erase.stays'
  of: readonly (`goes.${(typeof goes)[number]}` | `stays.${(typeof stays)[number]}`)[]
}) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby={title}>
      <h2 id={title}>{t(title)}</h2>
      <ul>
        {of.map((one) => (
          <li key={one}>{t(`person.erase.${one}`)}</li>
        ))}
      </ul>
    </section>
  )
}

const EraseForm = ({ page, shown: { caseId, visits, refused } }: Part) => {
  const { t } = page.staffTexts
  const problems = refused?.problems ?? []
  return (
    <form class="card personal-form" action={caseAddresses(caseId).erase} method="post">
      <FormProblems texts={page.staffTexts} problems={problems} />
      {visits.map(({ row }) => (
        <input key={row.id} type="hidden" name={fields.visit} value={row.id} />
      ))}
      <div class="f">
        <label for={fields.ground}>{t('person.erase.ground')}</label>
        <select id={fields.ground} name={fields.ground} required {...invalid(problems, fields.ground)}>
          <option value="">{t('person.erase.ground.choose')}</option>
          {erasureGrounds.map((ground) => (
            <option key={ground} value={ground} selected={refused?.ground === ground}>
              {t(`person.erase.ground.${ground}`)}
            </option>
          ))}
        </select>
      </div>
      <div class="f">
        <label for={fields.reason}>{t('person.erase.reason')}</label>
        <textarea
          id={fields.reason}
          name={fields.reason}
          rows={2}
          required
          maxLength={longestReason}
          aria-describedby="powod-opis"
          {...invalid(problems, fields.reason)}
        >
          {refused?.reason}
        </textarea>
        <p id="powod-opis" class="muted small">
          {t('person.reason.hint')}
        </p>
      </div>
      <label class="ck" for={fields.understood}>
        <input
          id={fields.understood}
          type="checkbox"
          name={fields.understood}
          value="tak"
          required
          checked={refused?.understood}
          {...invalid(problems, fields.understood)}
        />
        {t('person.erase.understood')}
      </label>
      <div class="row">
        <button class="b b-red">{t('person.erase.confirm')}</button>
        <a href={caseAddresses(caseId).page}>{t('person.erase.back')}</a>
      </div>
    </form>
  )
}
