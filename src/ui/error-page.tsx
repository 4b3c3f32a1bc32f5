import type { VNode } from 'preact'
import { localizedPath } from '../platform/http/localized-path'
import type { Translator } from '../platform/i18n/translator'
import type { Language } from '../texts/catalogue'
import { LinkButton } from './button'
import { PublicFrame } from './frame'
import { PhoneText } from './phone-text'

export type ErrorKind = 'notFound' | 'forbidden' | 'tooMany' | 'broken' | 'unavailable' | 'badInput' | 'csrf'

/** What the texts of each are called. */
export const errorKeys = {
  notFound: '404',
  forbidden: '403',
  tooMany: '429',
  broken: '500',
  unavailable: '503',
  badInput: 'badInput',
  csrf: 'csrf',
} as const satisfies Record<ErrorKind, string>

const leadsToVisit: readonly ErrorKind[] = ['notFound', 'forbidden']

export interface ErrorPageProps {
  t: Translator
  language: Language
  kind: ErrorKind
  /** At an address of the staff: the way on is theirs. */
  atDesk?: boolean
  /** How long to wait, for `tooMany` and `unavailable`. */
  minutes?: number
  /** What the person tells the help line, so that we find the line in the log. */
  incident?: string
}

/** What happened, what to do now, and the phone number. Its language links lead to the start page. */
export const errorPage = ({
  t: texts,
  language,
  kind,
  atDesk = false,
  minutes = 1,
  incident,
}: ErrorPageProps): VNode => {
  const { t } = texts
  const title = t(`error.${errorKeys[kind]}.title`)
  const find = leadsToVisit.includes(kind) && !atDesk
  return (
    <PublicFrame t={texts} language={language} path="/" title={title}>
      <h1 class="q">{title}</h1>
      <p>{t(`error.${errorKeys[kind]}.body`, { n: minutes })}</p>
      {incident !== undefined && <p>{t('error.incident', { incident })}</p>}
      <p>
        <PhoneText language={language} text={t('error.phone')} />
      </p>
      <div class="btns next">
        {find && <LinkButton href={localizedPath(language, '/znajdz')}>{t('footer.find')}</LinkButton>}
        {atDesk && <LinkButton href="/pracownik">{t('footer.staff')}</LinkButton>}
        <LinkButton kind={find || atDesk ? 'second' : 'first'} href={localizedPath(language, '/')}>
          {t('error.home')}
        </LinkButton>
      </div>
    </PublicFrame>
  )
}
