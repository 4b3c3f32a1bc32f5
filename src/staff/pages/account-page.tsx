import type { VNode } from 'preact'
import { dateWords, timeOfDay } from '../../platform/i18n/dates'
import { Icon } from '../../ui/icons'
import { addFactorPath, codesPath, ownPasswordPath, removeFactorPath } from '../door-paths'
import { countFactors, type Factors } from '../factor/factor-store'
import type { ListedSession } from '../session-store'
import { SessionsTable } from './sessions-table'
import { StaffFrame, type StaffPage } from './staff-frame'

export const accountNotices = ['password', 'factor', 'factorRemoved', 'sessions'] as const
export type AccountNotice = (typeof accountNotices)[number]

export interface ShownAccount {
  /** The branch's name; null: all of them. */
  branch: string | null
  topics: readonly string[]
  /** Data and sign-in are the identity provider's. */
  byProvider: boolean
  hasPassword: boolean
  factors: Factors
  sessions: readonly ListedSession[]
  /** Id of the session that is asking. */
  current: string
  timeZone: string
  notice: AccountNotice | undefined
  error: 'last' | 'unknown' | undefined
}

interface Part {
  page: StaffPage
  shown: ShownAccount
}

/** A person's own account: who they are here, how they sign in, and where they are signed in. */
export const accountPage = (page: StaffPage, shown: ShownAccount): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('account.title')} current="account">
      <main class="page">
        <div class="bar-top">
          <h1>{t('account.title')}</h1>
        </div>
        <div class="body account">
          {shown.notice && (
            <p class="n n-ok" role="status">
              <Icon name="done" size={20} />
              {t(`account.saved.${shown.notice}`)}
            </p>
          )}
          {shown.error && (
            <p class="n n-warn" role="alert">
              <Icon name="alert" size={20} />
              {t(`account.factor.error.${shown.error}`)}
            </p>
          )}
          <div class="account-cards">
            <Person page={page} shown={shown} />
            <SignInCard page={page} shown={shown} />
          </div>
          <SessionsTable page={page} {...shown} />
        </div>
      </main>
    </StaffFrame>
  )
}

const Person = ({ page: { staffTexts, me }, shown }: Part) => {
  const { t } = staffTexts
  const rows = [
    [t('account.name'), me.name],
    [t('account.email'), me.email],
    [t('account.role'), t(`admin.role.${me.role}`)],
    [t('account.branch'), shown.branch ?? t('account.allBranches')],
    [t('account.topics'), shown.topics.join(', ')],
  ]
  return (
    <section class="card" aria-labelledby="dane">
      <h2 id="dane">{t('account.data')}</h2>
      <dl class="account-facts">
        {rows.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p class="muted small">{t(shown.byProvider ? 'account.data.provider' : 'account.data.hint')}</p>
    </section>
  )
}

const SignInCard = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby="logowanie">
      <h2 id="logowanie">{t('account.factors')}</h2>
      {shown.byProvider ? <p>{t('account.factors.provider')}</p> : <OwnMeans page={page} shown={shown} />}
    </section>
  )
}

const OwnMeans = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { factors, hasPassword, timeZone } = shown
  const since = (at: Date) => t('account.factor.since', { date: dateWords(at, 'pl', timeZone) })
  const used = (at: Date | null) =>
    at
      ? t('account.factor.used', { date: `${dateWords(at, 'pl', timeZone)}, ${timeOfDay(at, timeZone)}` })
      : t('account.factor.unused')
  return (
    <>
      {countFactors(factors) === 0 && (
        <p class="n n-warn">
          <Icon name="alert" size={20} />
          {t('account.factors.none')}
        </p>
      )}
      <ul class="means">
        {hasPassword && (
          <li>
            <b>{t('account.password')}</b>
            <a class="b" href={ownPasswordPath}>
              {t('account.password.change')}
            </a>
          </li>
        )}
        {factors.totpSince && (
          <Mean page={page} id="totp" name={t('account.totp')} detail={since(factors.totpSince)} />
        )}
        {factors.passkeys.map(({ id, name, addedAt, usedAt }) => (
          <Mean
            key={id}
            page={page}
            id={id}
            name={name === '' ? t('account.passkey.unnamed') : `${t('account.passkey')}: ${name}`}
            detail={`${since(addedAt)}, ${used(usedAt)}`}
          />
        ))}
        {countFactors(factors) > 0 && (
          <li>
            <span>
              <b>{t('account.codes')}</b>
              <br />
              <span class="muted small">{t('account.codes.left', { n: factors.codesLeft })}</span>
            </span>
            <a class="b" href={codesPath}>
              {t('account.codes.make')}
            </a>
          </li>
        )}
      </ul>
      <p>
        <a class="b b-go" href={addFactorPath}>
          <Icon name="plus" size={20} />
          {t('account.factor.add')}
        </a>
      </p>
    </>
  )
}

const Mean = ({ page, id, name, detail }: { page: StaffPage; id: string; name: string; detail: string }) => {
  const { t } = page.staffTexts
  return (
    <li>
      <span>
        <b>{name}</b>
        <br />
        <span class="muted small">{detail}</span>
      </span>
      <form action={removeFactorPath} method="post">
        <input type="hidden" name="skladnik" value={id} />
        <button class="b" aria-label={t('account.factor.remove.what', { what: name })}>
          {t('account.factor.remove')}
        </button>
      </form>
    </li>
  )
}
