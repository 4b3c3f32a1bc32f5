import type { VNode } from 'preact'
import type { Branch } from '../../institution/directory'
import type { ChannelHealth } from '../../message/channel-watch-store'
import { type ListedMessage, messageStates } from '../../message/find-messages'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { messagesPath } from '../../staff/staff-places'
import { addDays, type Day } from '../../platform/zone'
import { Icon } from '../../ui/icons'
import { deadLettersPath, messageAddresses, messagesOfVisit } from '../messages-addresses'
import { cursorText, messageKinds, type TypedMessageFilter } from '../messages-filter'
import { ChannelCard } from './channel-health'
import { answerText, MessageTag } from './message-words'
import { whenText } from './when'
import { FilterSelect } from '../../staff/pages/filter-select'

export interface ShownMessages {
  branches: readonly Branch[]
  typed: TypedMessageFilter
  day: Day | null
  error: 'number' | null
  found: { messages: readonly ListedMessage[]; older: boolean; newer: boolean }
  health: readonly ChannelHealth[]
  /** Given up within a month. */
  dead: number
  /** The branch of a message, also one that is closed by now. */
  branchName: (id: number) => string
  timeZone: string
  now: Date
}

interface Part {
  page: StaffPage
  shown: ShownMessages
}

/** What was sent to whom, and how the channels fare. */
export const messagesPage = (page: StaffPage, shown: ShownMessages): VNode => {
  const { t } = page.staffTexts
  const { health, dead, timeZone, now } = shown
  return (
    <StaffFrame page={page} title={t('desk.nav.messages')} current="messages">
      <main class="page">
        <div class="bar-top">
          <h1>{t('desk.nav.messages')}</h1>
          <p class="muted small">{t('messages.lead')}</p>
        </div>
        <div class="body stack">
          <div class="channels">
            {health.map((one) => (
              <ChannelCard
                key={one.channel}
                texts={page.staffTexts}
                health={one}
                timeZone={timeZone}
                now={now}
              />
            ))}
          </div>
          {dead > 0 && (
            <p class="n n-warn">
              <Icon name="alert" size={20} />
              <span>
                {t('messages.dead.notice', { n: dead })}{' '}
                <a href={deadLettersPath}>{t('messages.dead.link')}</a>
              </span>
            </p>
          )}
          <Filter page={page} shown={shown} />
          <div class="card list log">
            {shown.found.messages.length === 0 ? (
              <p class="empty" role="status">
                {t('messages.none')}
              </p>
            ) : (
              <Messages page={page} shown={shown} />
            )}
            <Pages page={page} shown={shown} />
          </div>
        </div>
      </main>
    </StaffFrame>
  )
}

const address = (typed: TypedMessageFilter, more: Record<string, string> = {}): string => {
  const query = new URLSearchParams({ ...typed, ...more })
  for (const [name, value] of [...query]) if (value === '' && name !== 'dzien') query.delete(name)
  return `${messagesPath}?${query.toString()}`
}

const Filter = ({ page, shown: { branches, typed, day, error } }: Part) => {
  const { t } = page.staffTexts
  return (
    <form class="filter" method="get" action={messagesPath} role="search" aria-label={t('messages.filter')}>
      {branches.length > 1 && (
        <FilterSelect
          name="oddzial"
          label={t('recordings.filter.branch')}
          all={t('recordings.filter.branch.all')}
          value={typed.oddzial}
          options={branches.map(({ code, name }) => [code, name] as const)}
        />
      )}
      <div class="f">
        <label for="dzien">{t('messages.filter.day')}</label>
        <input id="dzien" name="dzien" type="date" value={typed.dzien} />
      </div>
      <FilterSelect
        name="rodzaj"
        label={t('messages.column.kind')}
        all={t('messages.filter.kind.all')}
        value={typed.rodzaj}
        options={messageKinds.map((kind) => [kind, t(`messages.kind.${kind}`)] as const)}
      />
      <FilterSelect
        name="stan"
        label={t('desk.visit.state')}
        all={t('recordings.filter.state.all')}
        value={typed.stan}
        options={messageStates.map((state) => [state, t(`messages.state.${state}`)] as const)}
      />
      <div class="f">
        <label for="numer">{t('recordings.filter.number')}</label>
        <input
          id="numer"
          name="numer"
          value={typed.numer}
          maxLength={40}
          autocomplete="off"
          {...(error && { 'aria-invalid': true, 'aria-describedby': 'filtr-blad' })}
        />
      </div>
      <div class="row">
        <button class="b b-go">
          <Icon name="search" size={20} />
          {t('recordings.filter.button')}
        </button>
        <a href={messagesPath}>{t('messages.filter.today')}</a>
      </div>
      {day !== null && (
        <div class="row days">
          <a class="b" href={address(typed, { dzien: addDays(day, -1) })} rel="prev">
            <Icon name="back" size={20} />
            {t('messages.day.before')}
          </a>
          <a class="b" href={address(typed, { dzien: addDays(day, 1) })} rel="next">
            {t('messages.day.after')}
            <Icon name="next" size={20} />
          </a>
        </div>
      )}
      {error && (
        <p id="filtr-blad" class="n n-warn" role="alert">
          <Icon name="alert" size={20} />
          {t('recordings.filter.number.error')}
        </p>
      )}
    </form>
  )
}

const Messages = ({ page, shown: { found, branches, branchName, timeZone } }: Part) => {
  const { t } = page.staffTexts
  const many = branches.length > 1
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label={t('desk.nav.messages')}>
      <table class="t">
        <thead>
          <tr>
            <th scope="col">{t('messages.column.at')}</th>
            <th scope="col">{t('messages.column.kind')}</th>
            <th scope="col">{t('desk.visit.number')}</th>
            {many && <th scope="col">{t('recordings.column.branch')}</th>}
            <th scope="col">{t('messages.column.recipient')}</th>
            <th scope="col">{t('desk.visit.state')}</th>
            <th scope="col">{t('messages.column.answer')}</th>
            <th scope="col" class="num">
              {t('backoffice.column.tries')}
            </th>
          </tr>
        </thead>
        <tbody>
          {found.messages.map((message) => (
            <tr key={message.id}>
              <th scope="row" class="nowrap">
                <a href={messageAddresses(message.id).page}>{whenText(message.at, timeZone)}</a>
              </th>
              <td>
                <span class="st">
                  <Icon name={message.channel === 'email' ? 'mail' : 'phone'} size={20} />
                  {t(`messages.kind.${message.kind}`)}
                </span>
              </td>
              <td class="nowrap">
                <a href={messagesOfVisit(message.visitNumber)}>{message.visitNumber}</a>
              </td>
              {many && <td>{branchName(message.branchId)}</td>}
              <td class="nowrap">{message.recipient || '–'}</td>
              <td>
                <MessageTag texts={page.staffTexts} state={message.state} />
              </td>
              <td>{answerText(page.staffTexts, message)}</td>
              <td class="num">{message.attempts}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const Pages = ({ page, shown: { typed, found } }: Part) => {
  const { t } = page.staffTexts
  const first = found.messages[0]
  const last = found.messages.at(-1)
  if (!first || !last || (!found.older && !found.newer)) return null
  return (
    <nav class="row" aria-label={t('recordings.pages')}>
      {found.newer && (
        <a class="b" href={address(typed, { przed: cursorText(first) })} rel="prev">
          {t('recordings.newer')}
        </a>
      )}
      {found.older && (
        <a class="b" href={address(typed, { po: cursorText(last) })} rel="next">
          {t('recordings.older')}
        </a>
      )}
    </nav>
  )
}
