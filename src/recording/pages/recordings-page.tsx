import type { VNode } from 'preact'
import type { Branch, Topic } from '../../institution/directory'
import { dateWords, smsDate, timeOfDay } from '../../platform/i18n/dates'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import {
  type ListedRecording,
  type ListedState,
  listedStates,
  type RecordingFilter,
} from '../find-recordings'
import { recordingAddresses, recordingsPath } from '../recording-addresses'
import { gapsWords, lengthWords } from '../recording-words'
import { FilterSelect } from '../../staff/pages/filter-select'

export interface ShownRecordings {
  branches: readonly Branch[]
  topics: readonly Topic[]
  /** As typed. */
  typed: Readonly<Record<'oddzial' | 'od' | 'do' | 'numer' | 'temat' | 'stan', string>>
  filter: RecordingFilter
  error: 'number' | 'day' | null
  found: { recordings: readonly ListedRecording[]; more: boolean }
  timeZone: string
}

interface Part {
  page: StaffPage
  shown: ShownRecordings
}

export const recordingsPage = (page: StaffPage, shown: ShownRecordings): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('desk.nav.recordings')} current="recordings">
      <main class="page">
        <div class="bar-top">
          <h1>{t('desk.nav.recordings')}</h1>
          <p class="muted small">{t('recordings.lead')}</p>
        </div>
        <div class="body recordings">
          <Filter page={page} shown={shown} />
          <div class="card list recording-list">
            {shown.found.recordings.length === 0 ? (
              <p class="empty" role="status">
                {t('recordings.none')}
              </p>
            ) : (
              <Recordings page={page} shown={shown} />
            )}
            <Pages page={page} shown={shown} />
          </div>
        </div>
      </main>
    </StaffFrame>
  )
}

const Filter = ({ page, shown: { branches, topics, typed, error } }: Part) => {
  const { t } = page.staffTexts
  const day = (name: 'od' | 'do', text: 'recordings.filter.from' | 'recordings.filter.to') => (
    <div class="f">
      <label for={name}>{t(text)}</label>
      <input
        id={name}
        name={name}
        type="date"
        value={typed[name]}
        aria-invalid={error === 'day'}
        aria-describedby={error === 'day' ? 'filtr-blad' : undefined}
      />
    </div>
  )
  return (
    <form
      class="recording-filter"
      method="get"
      action={recordingsPath}
      role="search"
      aria-label={t('recordings.filter')}
    >
      {branches.length > 1 && (
        <FilterSelect
          name="oddzial"
          label={t('recordings.filter.branch')}
          all={t('recordings.filter.branch.all')}
          value={typed.oddzial}
          options={branches.map(({ code, name }) => [code, name] as const)}
        />
      )}
      {day('od', 'recordings.filter.from')}
      {day('do', 'recordings.filter.to')}
      <div class="f">
        <label for="numer">{t('recordings.filter.number')}</label>
        <input
          id="numer"
          name="numer"
          value={typed.numer}
          maxLength={40}
          autocomplete="off"
          aria-invalid={error === 'number'}
          aria-describedby={error === 'number' ? 'filtr-blad' : undefined}
        />
      </div>
      <FilterSelect
        name="temat"
        label={t('desk.visit.topic')}
        all={t('recordings.filter.topic.all')}
        value={typed.temat}
        options={topics.map(({ code, texts }) => [code, texts.pl.name] as const)}
      />
      <FilterSelect
        name="stan"
        label={t('desk.visit.state')}
        all={t('recordings.filter.state.all')}
        value={typed.stan}
        options={listedStates.map((state) => [state, t(`recordings.state.${state}`)] as const)}
      />
      <div class="row">
        <button class="b b-go">
          <Icon name="search" size={20} />
          {t('recordings.filter.button')}
        </button>
        <a href={recordingsPath}>{t('recordings.filter.clear')}</a>
      </div>
      {error && (
        <p id="filtr-blad" class="n n-warn" role="alert">
          <Icon name="alert" size={20} />
          {t(error === 'number' ? 'recordings.filter.number.error' : 'recordings.filter.day.error')}
        </p>
      )}
    </form>
  )
}

const Recordings = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { branches, topics, found, timeZone } = shown
  const many = branches.length > 1
  const named = found.recordings.some(({ client }) => client !== null)
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('desk.nav.recordings')}>
      <table class="t">
        <thead>
          <tr>
            <th scope="col">{t('desk.visit.number')}</th>
            <th scope="col">{t('recordings.column.when')}</th>
            {many && <th scope="col">{t('recordings.column.branch')}</th>}
            {named && <th scope="col">{t('desk.list.column.client')}</th>}
            <th scope="col">{t('desk.visit.topic')}</th>
            <th scope="col">{t('desk.list.column.officer')}</th>
            <th scope="col" class="num">
              {t('recordings.column.length')}
            </th>
            <th scope="col">{t('recordings.column.gaps')}</th>
            <th scope="col">{t('desk.visit.state')}</th>
            <th scope="col">{t('recordings.column.keepUntil')}</th>
          </tr>
        </thead>
        <tbody>
          {found.recordings.map((recording) => (
            <tr key={recording.visitId} class={recording.shown === 'erased' ? 'past' : ''}>
              <th scope="row" class="nowrap">
                <a href={recordingAddresses(recording.visitId).page}>{recording.number}</a>
              </th>
              <td class="nowrap">
                {dateWords(recording.startedAt, 'pl', timeZone)}, {timeOfDay(recording.startedAt, timeZone)}
              </td>
              {many && <td>{branches.find(({ id }) => id === recording.branchId)?.name}</td>}
              {named && <td class="who">{recording.client || page.texts.t('ui.erased')}</td>}
              <td>{topics.find(({ id }) => id === recording.topicId)?.texts.pl.name}</td>
              <td>{recording.officer}</td>
              <td class="num">{lengthWords(recording.summary) ?? '–'}</td>
              <td>{gapsWords(page.staffTexts, recording.summary) ?? '–'}</td>
              <td>
                <StateTags page={page} shown={recording.shown} held={recording.heldAt !== null} />
              </td>
              <td class="nowrap">
                {recording.shown === 'erased' || recording.heldAt
                  ? '–'
                  : smsDate(recording.keepUntil, 'pl', timeZone)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const tags: Record<ListedState, string> = {
  finalising: 'tag tag-wait',
  ready: 'tag tag-ok',
  gaps: 'tag tag-wait',
  failed: 'tag tag-bad',
  held: 'tag tag-info',
  erased: 'tag tag-open',
}

export const StateTags = ({
  page: {
    staffTexts: { t },
  },
  shown,
  held,
}: {
  page: StaffPage
  shown: ListedState
  held: boolean
}) => (
  <span class="row wrap tags">
    <span class={tags[shown]}>{t(`recordings.state.${shown}`)}</span>
    {held && <span class={tags.held}>{t('recordings.state.held')}</span>}
  </span>
)

const Pages = ({ page, shown: { typed, filter, found } }: Part) => {
  const { t } = page.staffTexts
  if (filter.page === 1 && !found.more) return null
  const address = (number: number) => {
    const query = new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== ''))
    if (number > 1) query.set('strona', String(number))
    return `${recordingsPath}?${query.toString()}`
  }
  return (
    <nav class="row recording-pages" aria-label={t('recordings.pages')}>
      {filter.page > 1 && (
        <a class="b" href={address(filter.page - 1)} rel="prev">
          {t('recordings.newer')}
        </a>
      )}
      {found.more && (
        <a class="b" href={address(filter.page + 1)} rel="next">
          {t('recordings.older')}
        </a>
      )}
    </nav>
  )
}
