import type { ComponentChildren } from 'preact'
import { Button } from '../../ui/button'
import { HiddenFields } from '../../ui/hidden-fields'
import { Notice } from '../../ui/notice'
import type { DoorTexts } from './door-page'

interface PasskeyFormProps {
  texts: DoorTexts
  /** `prove`: use one; `add`: make one. */
  act: 'prove' | 'add'
  paths: { ask: string; answer: string }
  next: string | undefined
  button: string
  kind: 'first' | 'second'
  /** Said when it does not work, by the reason of the answer; `failed` for all others. */
  failures: { failed: string; known?: string }
  children?: ComponentChildren
}

/** A form that the script `passkey` sends, and shows: a passkey cannot be asked without one. */
export const PasskeyForm = ({
  texts,
  act,
  paths,
  next,
  button,
  kind,
  failures,
  children,
}: PasskeyFormProps) => (
  <>
    <noscript>
      <p class="hint">{texts.staffTexts.t('desk.prove.passkey.noScript')}</p>
    </noscript>
    <form hidden action={paths.answer} method="post" data-passkey={act} data-ask={paths.ask}>
      <HiddenFields values={{ dalej: next }} />
      {Object.entries(failures).map(([reason, text]) => (
        <div key={reason} hidden data-failure={reason}>
          <Notice kind="trouble" role="alert">
            <p>{text}</p>
          </Notice>
        </div>
      ))}
      {children}
      <div class="next">
        <Button kind={kind}>{button}</Button>
      </div>
    </form>
  </>
)
