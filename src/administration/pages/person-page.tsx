import type { VNode } from 'preact'
import type { Branch, Topic } from '../../institution/directory'
import { dateWords, timeOfDay } from '../../platform/i18n/dates'
import { SettingsWay } from '../../staff/pages/settings-way'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import type { PersonRefusal } from '../../staff/people/change-people'
import type { Person } from '../../staff/people/people-store'
import type { FormError } from '../../ui/error-summary'
import { Icon } from '../../ui/icons'
import { peoplePath, personPaths } from '../people-paths'
import type { TypedPerson } from '../person-form'
import { PersonFields } from './person-fields'
import { FormProblems } from '../../staff/pages/form-problems'
import { factorWords, StateTag } from './person-words'

export const personNotices = ['changed', 'invited', 'closed', 'opened', 'factors', 'sessions'] as const
export type PersonNotice = (typeof personNotices)[number]

export interface ShownPerson {
  person: Person
  typed: TypedPerson
  errors: readonly FormError[]
  refusal: Exclude<PersonRefusal, 'unknown'> | undefined
  notice: PersonNotice | undefined
  branches: readonly Branch[]
  topics: readonly Topic[]
  openSessions: number
  invitation: { state: string; at: Date } | undefined
  timeZone: string
}

interface Part {
  page: StaffPage
  shown: ShownPerson
}

/** One account: what it may do, and what can be done about it. */
export const personPage = (page: StaffPage, shown: ShownPerson): VNode => {
  const { t } = page.staffTexts
  const { person, errors, refusal, notice } = shown
  return (
    <StaffFrame page={page} title={person.name} current="settings" failed={errors.length > 0}>
      <main class="page">
        <div class="bar-top">
          <div>
            <SettingsWay page={page} to={{ path: peoplePath, text: t('people.title') }} />
            <h1>{person.name}</h1>
          </div>
          <StateTag t={t} state={person.state} />
          <span class="muted grow">{person.email}</span>
        </div>
        <div class="body">
          {notice && (
            <p class="n n-ok" role="status">
              <Icon name="done" size={20} />
              {t(`people.saved.${notice}`)}
            </p>
          )}
          {refusal && (
            <p class="n n-bad" role="alert">
              <Icon name="alert" size={20} />
              {t(`people.error.${refusal}`)}
            </p>
          )}
          <div class="person-cards">
            <form class="card person" action={personPaths(person.id).page} method="post">
              <FormProblems texts={page.staffTexts} problems={errors} />
              {person.byProvider && <p class="muted">{t('people.edit.provider')}</p>}
              <input type="hidden" name="wersja" value={person.version} />
              <PersonFields page={page} {...shown} asksEmail={false} byProvider={person.byProvider} />
              <p class="row wrap">
                <button class="b b-go">{t('people.edit.button')}</button>
                {!person.byProvider && <span class="muted small">{t('people.edit.hint')}</span>}
              </p>
            </form>
            <Acts page={page} shown={shown} />
          </div>
        </div>
      </main>
    </StaffFrame>
  )
}

const Acts = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { person, openSessions, timeZone } = shown
  const paths = personPaths(person.id)
  const isClosed = person.state === 'closed'
  const { signedInAt } = person
  return (
    <section class="card" aria-labelledby="konto">
      <h2 id="konto">{t('people.acts')}</h2>
      <dl class="account-facts">
        <div>
          <dt>{t('people.column.signedIn')}</dt>
          <dd>
            {signedInAt
              ? `${dateWords(signedInAt, 'pl', timeZone)}, ${timeOfDay(signedInAt, timeZone)}`
              : t('people.never')}
          </dd>
        </div>
        <div>
          <dt>{t('people.column.factor')}</dt>
          <dd>{factorWords(t, person)}</dd>
        </div>
      </dl>
      <ul class="means">
        {person.state === 'invited' && (
          <Act
            path={paths.invite}
            button={t('people.act.invite')}
            hint={`${invitationWords(page, shown)} ${t('people.act.invite.hint')}`}
          />
        )}
        {openSessions > 0 && (
          <Act
            path={paths.signOut}
            button={t('people.act.sessions')}
            hint={t('people.act.sessions.hint', { n: openSessions })}
          />
        )}
        {(person.hasTotp || person.hasPasskey) && (
          <Act path={paths.factors} button={t('people.act.factors')} hint={t('people.act.factors.hint')} />
        )}
        {isClosed ? (
          <Act path={paths.reopen} button={t('people.act.open')} hint={t('people.act.open.hint')} />
        ) : (
          <Act path={paths.close} button={t('people.act.close')} hint={t('people.act.close.hint')} red />
        )}
      </ul>
    </section>
  )
}

const Act = ({
  path,
  button,
  hint,
  red = false,
}: {
  path: string
  button: string
  hint: string
  red?: boolean
}) => (
  <li>
    <span class="muted small">{hint}</span>
    <form action={path} method="post">
      <button class={red ? 'b b-red' : 'b'}>{button}</button>
    </form>
  </li>
)

const invitationWords = ({ staffTexts: { t } }: StaffPage, { invitation, timeZone }: ShownPerson): string => {
  if (!invitation) return ''
  const { state, at } = invitation
  if (state === 'queued' || state === 'sending') return t('people.mail.queued')
  return state === 'sent'
    ? t('people.mail.sent', { date: `${dateWords(at, 'pl', timeZone)}, ${timeOfDay(at, timeZone)}` })
    : t('people.mail.failed')
}
