import type { VNode } from 'preact'
import { meetingIds } from '../../contract/meeting-boot'
import { Aside } from '../../ui/aside'
import { assetUrl, stylesheet } from '../../ui/assets'
import { Document } from '../../ui/document'
import { frameChrome } from '../../ui/frame-chrome'
import { BootScript } from './boot-script'
import { CallSurface } from './call-surface'
import {
  ElsewhereSection,
  EntrySection,
  type MeetingView,
  NoScript,
  RulesSection,
  WaitingSection,
} from './waiting-sections'

/**
 * The page behind a meeting link while it is open. Its script shows entry, waiting room and call one after the
 * other without leaving the page: the camera stays on, and the socket connected.
 */
export const meetingPage = (view: MeetingView): VNode => {
  const { page, boot } = view
  const { t } = page.t
  const chrome = frameChrome(page.t)
  return (
    <Document
      language={page.language}
      title={t('ui.pageTitle', { page: t('meet.title') })}
      scripts={[assetUrl('meeting.js')]}
    >
      <link rel="stylesheet" href={stylesheet('call')} />
      <div id={meetingIds.frame}>
        <a class="skip" href="#tresc">
          {chrome.skipLink}
        </a>
        <header
          class="top"
          dangerouslySetInnerHTML={{
            __html: chrome.headerStart + chrome.languageLinks(page.path) + chrome.headerEnd,
          }}
        />
        <div class="wrap">
          <main id="tresc" tabIndex={-1}>
            <div class="flow">
              <div class="sheet">
                <NoScript t={page.t} />
                <EntrySection {...view} />
                <WaitingSection {...view} />
                <ElsewhereSection {...view} />
                <RulesSection {...view} />
              </div>
              <Aside title={t('booked.number.label')} boxed>
                <p>
                  <b class="nowrap">{boot.visit.number}</b>
                </p>
                <p class="small">
                  <a href={`tel:${page.directory.institution.phoneE164}`}>{t('meet.help')}</a>
                </p>
              </Aside>
            </div>
          </main>
        </div>
        <footer class="foot" dangerouslySetInnerHTML={{ __html: chrome.footer }} />
      </div>
      <CallSurface {...view} />
      <BootScript boot={boot} />
    </Document>
  )
}
