import type { ComponentChildren } from 'preact'
import { localizedPath } from '../platform/http/localized-path'
import type { Translator } from '../platform/i18n/translator'
import type { Language } from '../texts/catalogue'
import { Document } from './document'
import { frameChrome } from './frame-chrome'
import { iconHtml } from './icons'
import { StepBar } from './step-bar'

export interface PublicFrameProps {
  t: Translator
  language: Language
  /** This page without the language prefix, with its query: the language links lead to it. */
  path: string
  title: string
  /** The page answers a form that has mistakes: the browser's tab says so first. */
  error?: boolean
  /** Without a column beside the sheet. */
  wide?: boolean
  /** Without a sheet: the page brings its own surfaces. */
  bare?: boolean
  /** Address of the page before, without the language prefix. */
  back?: string
  /** Which of the five questions of a booking this is, from 1. */
  step?: number
  /** Beside the sheet on wide screens, after it on a phone. */
  aside?: ComponentChildren
  scripts?: readonly string[]
  children: ComponentChildren
}

/** The frame of every page for citizens: header, language links, the question on its sheet, footer. */
export const PublicFrame = (props: PublicFrameProps) => {
  const { t: texts, language, path, title } = props
  const chrome = frameChrome(texts)
  const page = props.error ? texts.t('ui.errorTitlePrefix', { page: title }) : title
  const header = chrome.headerStart + chrome.languageLinks(path) + chrome.headerEnd
  return (
    <Document
      language={language}
      title={texts.t('ui.pageTitle', { page })}
      {...(props.scripts && { scripts: props.scripts })}
    >
      <a class="skip" href="#tresc">
        {chrome.skipLink}
      </a>
      <header class="top" dangerouslySetInnerHTML={{ __html: header }} />
      {props.bare ? (
        <main id="tresc" class="home" tabIndex={-1}>
          {props.children}
        </main>
      ) : (
        <SheetPage {...props} />
      )}
      <footer class="foot" dangerouslySetInnerHTML={{ __html: chrome.footer }} />
    </Document>
  )
}

const SheetPage = ({ t: texts, language, back, step, wide, aside, children }: PublicFrameProps) => {
  const sheet = (
    <div class="sheet">
      {step !== undefined && <StepBar t={texts} step={step} />}
      {children}
    </div>
  )
  return (
    <div class="wrap">
      <main id="tresc" tabIndex={-1}>
        {back !== undefined && (
          <a
            class="back"
            href={localizedPath(language, back)}
            dangerouslySetInnerHTML={{ __html: iconHtml('back', 20) + texts.t('ui.back') }}
          />
        )}
        {wide ? (
          sheet
        ) : (
          <div class="flow">
            {sheet}
            {aside}
          </div>
        )}
      </main>
    </div>
  )
}
