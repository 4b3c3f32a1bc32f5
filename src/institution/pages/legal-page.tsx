import type { VNode } from 'preact'
import { localizedPath } from '../../platform/http/localized-path'
import { dateWords } from '../../platform/i18n/dates'
import { renderMarkdown } from '../../platform/i18n/markdown'
import { PublicFrame } from '../../ui/frame'
import { Notice } from '../../ui/notice'
import type { LegalText } from '../directory'
import type { InformationPage } from './information-page'

// A published version never changes: its HTML is made once.
const rendered = new WeakMap<LegalText, string>()

const htmlOf = (text: LegalText): string => {
  const known = rendered.get(text)
  if (known !== undefined) return known
  const html = renderMarkdown(text.body)
  rendered.set(text, html)
  return html
}

export interface LegalPageProps {
  text: LegalText
  /** The version in force when `text` is an older one. */
  newer?: { text: LegalText; path: string }
}

const version = ({ t, language, timeZone }: InformationPage, text: LegalText): string =>
  t.t('consent.version', { version: text.version, validFrom: dateWords(text.validFrom, language, timeZone) })

/** A legal text in one of its versions; the texts on data and recording bring their own title and version. */
export const legalPage = (page: InformationPage, { text, newer }: LegalPageProps): VNode => {
  const { t, language, path } = page
  const ownTitle = /^# (.+)$/m.exec(text.body)?.[1]
  return (
    <PublicFrame t={t} language={language} path={path} title={ownTitle ?? t.t('rules.title')} back="/">
      {newer && (
        <Notice>
          <p>
            <a href={localizedPath(language, newer.path)}>{version(page, newer.text)}</a>
          </p>
        </Notice>
      )}
      {ownTitle === undefined && (
        <>
          <h1 class="q">{t.t('rules.title')}</h1>
          <p class="muted">{version(page, text)}</p>
          <p class="lead">{t.t('rules.lead')}</p>
        </>
      )}
      <div class="doc" dangerouslySetInnerHTML={{ __html: htmlOf(text) }} />
    </PublicFrame>
  )
}
