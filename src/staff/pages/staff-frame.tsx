import type { ComponentChildren } from 'preact'
import type { StaffTranslator, Translator } from '../../platform/i18n/translator'
import { accountPath } from '../door-paths'
import { mayAnywhere } from '../may'
import type { Staff } from '../staff'
import { homeOf, type StaffPlaceName, staffPlaces } from '../staff-places'
import { assetUrl, stylesheet } from '../../ui/assets'
import { Document } from '../../ui/document'
import { Icon } from '../../ui/icons'
import { Mark } from '../../ui/mark'

/** What every page of the staff is made with. */
export interface StaffPage {
  staffTexts: StaffTranslator
  /** Polish texts that the staff shares with the client's pages. */
  texts: Translator
  me: Staff
}

interface StaffFrameProps {
  page: StaffPage
  title: string
  /** The page answers a form with mistakes; its title says so first. */
  failed?: boolean
  /** Name of the page's script, without its ending. */
  script?: 'desk-day' | 'desk-call' | 'player' | 'sms-counter'
  /** With the surface of a call. */
  call?: boolean
  /** The rail's entry of this page. */
  current?: StaffPlaceName | 'account'
  children: ComponentChildren
}

/** The frame of the staff's pages: the rail with the places of the person's role, and who is signed in. */
export const StaffFrame = ({
  page,
  title,
  failed = false,
  script,
  call = false,
  current,
  children,
}: StaffFrameProps) => {
  const { staffTexts, texts, me } = page
  const { t } = staffTexts
  return (
    <Document
      language="pl"
      title={texts.t('ui.pageTitle', {
        page: failed ? texts.t('ui.errorTitlePrefix', { page: title }) : title,
      })}
      styles="desk"
      bodyClass="desk"
      scripts={script ? [assetUrl(`${script}.js`)] : []}
    >
      {call && <link rel="stylesheet" href={stylesheet('call')} />}
      <header class="rail">
        <a class="logo" href={homeOf(me)}>
          <Mark on="rail" size={34} />
          {texts.t('ui.serviceName')}
        </a>
        <nav aria-label={texts.t('ui.mainNavigation')}>
          {staffPlaces
            .filter(({ action }) => mayAnywhere(me, action))
            .map(({ name, path, text, icon }) => (
              <a key={name} href={path} aria-current={current === name ? 'page' : undefined}>
                <Icon name={icon} />
                {t(text)}
              </a>
            ))}
        </nav>
        <form class="me" action="/pracownik/wyloguj" method="post">
          <a href={accountPath} aria-current={current === 'account' ? 'page' : undefined}>
            <b aria-hidden="true">{initials(me.name)}</b>
            <span>
              <span class="hide">{t('account.open')} </span>
              {me.name}
            </span>
          </a>
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
