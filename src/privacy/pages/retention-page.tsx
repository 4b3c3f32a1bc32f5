import type { VNode } from 'preact'
import { type DataClass, longestKeptDays } from '../../institution/kept-days'
import type { Topic } from '../../institution/directory'
import { periodWords } from '../../institution/kept-words'
import type { MissingPromise } from '../../institution/promised-periods'
import { dateWords, timeOfDay } from '../../platform/i18n/dates'
import { SettingsWay } from '../../staff/pages/settings-way'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { retentionPath } from '../../staff/staff-places'
import type { StaffTextKey } from '../../texts/catalogue'
import { Icon } from '../../ui/icons'
import {
  type PeriodError,
  type PeriodField,
  periodFields,
  type ReadPeriods,
  topicField,
} from '../read-periods'
import type { RetentionRun } from '../retention-runs'

interface ShownRetention {
  typed: ReadPeriods['typed']
  errors: ReadPeriods['errors']
  topics: readonly Pick<Topic, 'code' | 'texts'>[]
  told: 'counted' | 'saved' | 'published' | 'changed' | undefined
  /** Names the periods that the form was opened on. */
  version: string
  due: Record<DataClass, number>
  runs: ReadonlyMap<DataClass, RetentionRun>
  hidden: ReadonlySet<DataClass>
  missing: readonly MissingPromise[]
  longerTopics: readonly string[]
  visitDays: number
  timeZone: string
}

interface Part {
  page: StaffPage
  shown: ShownRetention
}

/** From when on the days of a class count. */
const countedFrom: Record<PeriodField, StaffTextKey> = {
  visit: 'retention.from.visit',
  contact: 'retention.from.visit',
  chat: 'retention.from.visit',
  notes: 'retention.from.visit',
  deviceCheck: 'retention.from.visit',
  messages: 'retention.from.visit',
  ratingComment: 'retention.from.row',
  hold: 'retention.from.ended',
  backoffice: 'retention.from.taken',
  audit: 'retention.from.row',
  session: 'retention.from.ended',
  request: 'retention.from.row',
  mailbox: 'retention.from.row',
  recording: 'retention.from.visit',
}

/** How long each class of data is kept. */
export const retentionPage = (page: StaffPage, shown: ShownRetention): VNode => {
  const { t } = page.staffTexts
  const failed = Object.keys(shown.errors).length > 0
  const title = t('retention.title')
  return (
    <StaffFrame page={page} title={title} failed={failed} current="settings">
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} />
            <h1>{title}</h1>
          </div>
        </div>
        <div class="body stack personal">
          <p class="lead-text">{t('retention.lead')}</p>
          <Told page={page} shown={shown} failed={failed} />
          <Promises page={page} shown={shown} />
          <form class="card list" action={retentionPath} method="post">
            <input type="hidden" name="wersja" value={shown.version} />
            {[...shown.hidden].map((name) => (
              <input key={name} type="hidden" name={name} value={shown.typed[name]} />
            ))}
            <Table page={page} shown={shown} />
            <Topics page={page} shown={shown} />
            <div class="row personal-acts">
              <button class="b b-go" name="akcja" value="zapisz">
                {t('retention.save')}
              </button>
              <button class="b" name="akcja" value="policz">
                {t('retention.count')}
              </button>
            </div>
          </form>
        </div>
      </main>
    </StaffFrame>
  )
}

const Told = ({ page, shown: { told, errors, topics }, failed }: Part & { failed: boolean }) => {
  const { t } = page.staffTexts
  if (failed)
    return (
      <div class="n n-bad problems" role="alert" tabIndex={-1} autofocus>
        <Icon name="alert" size={20} />
        <div>
          <strong>{t('retention.error')}</strong>
          <ul>
            {periodFields
              .filter((name) => errors[name])
              .map((name) => (
                <li key={name}>
                  <a href={`#${name}`}>{t(`retention.class.${name}`)}</a>
                </li>
              ))}
            {topics
              .filter(({ code }) => errors[topicField(code)])
              .map(({ code, texts }) => (
                <li key={code}>
                  <a href={`#${topicField(code)}`}>{t('retention.topic', { topic: texts.pl.name })}</a>
                </li>
              ))}
          </ul>
        </div>
      </div>
    )
  if (!told) return null
  return (
    <p
      class={told === 'changed' ? 'n n-warn' : told === 'counted' ? 'n' : 'n n-ok'}
      role={told === 'changed' ? 'alert' : 'status'}
    >
      <Icon name={told === 'changed' ? 'alert' : told === 'counted' ? 'info' : 'done'} size={20} />
      {t(`retention.${told}`)}
    </p>
  )
}

const languageNames = {
  pl: 'person.language.pl',
  en: 'person.language.en',
  uk: 'person.language.uk',
} as const

const Promises = ({ page, shown: { missing, longerTopics } }: Part) => {
  const { t } = page.staffTexts
  if (missing.length === 0 && longerTopics.length === 0) return null
  return (
    <section class="card" aria-labelledby="obietnice">
      <h2 id="obietnice">{t('retention.promises')}</h2>
      {longerTopics.length > 0 && <p>{t('retention.topics', { items: longerTopics.join(', ') })}</p>}
      {missing.length > 0 && (
        <>
          <p>{t('retention.promises.lead')}</p>
          <ul>
            {missing.map(({ kind, language, version, words }) => (
              <li key={`${kind} ${language} ${words}`}>
                {t(kind === 'recording' ? 'retention.promises.recording' : 'retention.promises.privacy', {
                  language: t(languageNames[language]),
                  version,
                  text: words,
                })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

const Table = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('retention.title')}>
      <table class="t periods">
        <thead>
          <tr>
            <th scope="col">{t('retention.column.class')}</th>
            <th scope="col">{t('retention.column.days')}</th>
            <th scope="col">{t('retention.column.from')}</th>
            <th scope="col" class="num">
              {t('retention.column.due')}
            </th>
            <th scope="col">{t('retention.column.last')}</th>
          </tr>
        </thead>
        <tbody>
          {periodFields.filter(isShown(shown)).map((name) => (
            <Row key={name} page={page} shown={shown} name={name} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Recordings of topics that are kept for another time than the others. */
const Topics = ({ page, shown: { topics, typed, errors } }: Part) => {
  const { t } = page.staffTexts
  return (
    <fieldset class="plain topic-periods">
      <legend>{t('retention.byTopic')}</legend>
      <p class="muted small">{t('retention.byTopic.hint')}</p>
      <div class="thirds">
        {topics.map(({ code, texts }) => {
          const name = topicField(code)
          const error = errors[name]
          return (
            <div key={code} class="f">
              <label for={name}>{texts.pl.name}</label>
              <input
                id={name}
                name={name}
                inputmode="numeric"
                maxLength={5}
                value={typed[name] ?? ''}
                autocomplete="off"
                aria-invalid={error ? true : undefined}
                aria-describedby={error ? `${name}-blad` : undefined}
              />
              {error && <DaysError page={page} id={`${name}-blad`} error={error} visitDays={0} />}
            </div>
          )
        })}
      </div>
    </fieldset>
  )
}

const DaysError = ({
  page: { staffTexts },
  id,
  error,
  visitDays,
}: {
  page: StaffPage
  id: string
  error: PeriodError
  visitDays: number
}) => (
  <span id={id} class="bad small">
    {error === 'days'
      ? staffTexts.t('retention.error.days', { max: longestKeptDays })
      : staffTexts.t('retention.error.outlives', { n: visitDays })}
  </span>
)

const isShown =
  ({ hidden }: ShownRetention) =>
  (name: PeriodField): boolean =>
    name === 'recording' || !hidden.has(name)

const Row = ({ page, shown, name }: Part & { name: PeriodField }) => {
  const { t } = page.staffTexts
  const { typed, errors, due, visitDays } = shown
  const error = errors[name]
  const days = Number(typed[name])
  return (
    <tr>
      <th scope="row">
        {t(`retention.class.${name}`)}
        <span class="muted small">{t(`retention.class.${name}.what`)}</span>
      </th>
      <td>
        <div class="f days">
          <input
            id={name}
            name={name}
            inputmode="numeric"
            required
            maxLength={5}
            value={typed[name]}
            aria-label={t('retention.days.label', { what: t(`retention.class.${name}`) })}
            aria-invalid={error ? true : undefined}
            aria-describedby={error ? `${name}-blad` : undefined}
          />
          {!error && days % 365 === 0 && days > 0 && <span class="muted">{periodWords(days, 'pl')}</span>}
          {error && <DaysError page={page} id={`${name}-blad`} error={error} visitDays={visitDays} />}
        </div>
      </td>
      <td>{t(countedFrom[name])}</td>
      <td class="num">{name === 'recording' ? '–' : t('retention.due', { n: due[name] })}</td>
      <td class="nowrap">{name === 'recording' ? '–' : lastRun(page, shown, name)}</td>
    </tr>
  )
}

function lastRun(
  { staffTexts: { t } }: StaffPage,
  { runs, timeZone }: ShownRetention,
  name: DataClass,
): string {
  const run = runs.get(name)
  if (!run) return t('retention.last.never')
  const at = { date: dateWords(run.startedAt, 'pl', timeZone), time: timeOfDay(run.startedAt, timeZone) }
  return run.finishedAt ? t('retention.last', { ...at, n: run.erased }) : t('retention.last.broken', at)
}
