import type { ComponentChildren } from 'preact'
import type { StaffTranslator, Translator } from '../../platform/i18n/translator'
import type { Language } from '../../texts/catalogue'
import { ErrorSummary, type FormError } from '../../ui/error-summary'
import { PublicFrame } from '../../ui/frame'
import { doorPath } from '../staff-session'
import { assetUrl } from '../../ui/assets'

/** What every page on the way in is made with. */
export interface DoorTexts {
  translators: Readonly<Record<Language, Translator>>
  staffTexts: StaffTranslator
}

interface DoorPageProps {
  texts: DoorTexts
  title: string
  /** The small line above the title. */
  step?: string
  errors?: readonly FormError[]
  back?: string
  /** With the script that talks to passkeys. */
  passkeys?: boolean
  children: ComponentChildren
}

/** One question on a sheet, without the rail: on the way in, and where something about the account is changed. */
export const DoorPage = ({ texts, title, step, errors = [], back, passkeys, children }: DoorPageProps) => (
  <PublicFrame
    t={texts.translators.pl}
    language="pl"
    path={doorPath}
    title={title}
    error={errors.length > 0}
    {...(back !== undefined && { back })}
    {...(passkeys && { scripts: [assetUrl('passkey.js')] })}
  >
    <ErrorSummary t={texts.translators.pl} errors={errors} />
    <p class="step">{step ?? texts.staffTexts.t('desk.title')}</p>
    <h1 class="q">{title}</h1>
    {children}
  </PublicFrame>
)
