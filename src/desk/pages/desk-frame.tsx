import type { ComponentChildren } from 'preact'
import type { StaffTranslator, Translator } from '../../platform/i18n/translator'
import type { Staff } from '../../staff/staff'
import { assetUrl, stylesheet } from '../../ui/assets'
import { Document } from '../../ui/document'
import { Icon } from '../../ui/icons'
import { Mark } from '../../ui/mark'

export interface DeskPage {
  staffTexts: StaffTranslator
  /** Polish texts that the desk shares with the client's pages. */
  texts: Translator
  me: Staff
}

interface DeskFrameProps {
  page: DeskPage
  title: string
  /** Name of the page's script, without its ending. */
  script?: 'desk-day' | 'desk-call'
  /** With the surface of a call. */
  call?: boolean
  /** The rail's entry of this page. */
  current?: 'day'
  children: ComponentChildren
}

export const dayPath = '/pracownik/dzien'

/** The frame of the desk's pages: the rail with its places and who is signed in. */
export const DeskFrame = ({ page, title, script, call = false, current, children }: DeskFrameProps) => {
  const { staffTexts, texts, me } = page
  const { t } = staffTexts
  return (
    <Document
      language="pl"
      title={texts.t('ui.pageTitle', { page: title })}
      styles="desk"
      bodyClass="desk"
      scripts={script ? [assetUrl(`${script}.js`)] : []}
    >
      {call && <link rel="stylesheet" href={stylesheet('call')} />}
      <header class="rail">
        <a class="logo" href={dayPath}>
          <Mark on="rail" size={34} />
          {texts.t('ui.serviceName')}
        </a>
        <nav aria-label={texts.t('ui.mainNavigation')}>
          <a href={dayPath} aria-current={current === 'day' ? 'page' : undefined}>
            <Icon name="calendar" />
            {t('desk.nav.today')}
          </a>
        </nav>
        <form class="me" action="/pracownik/wyloguj" method="post">
          <b aria-hidden="true">{initials(me.name)}</b>
          <span>{me.name}</span>
          <button>{t('desk.signOut')}</button>
        </form>
      </header>
      {children}
    </Document>
  )
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('')
