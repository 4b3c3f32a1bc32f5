import { FieldError } from '../../ui/field'
import type { DoorTexts } from './door-page'

interface SecretFieldProps {
  texts: DoorTexts
  name: string
  label: string
  hint?: string
  error?: string | undefined
  autocomplete: 'current-password' | 'new-password'
}

/** A password: never filled in by us, also not with what was typed before. */
export const SecretField = ({ texts, name, label, hint, error, autocomplete }: SecretFieldProps) => {
  const described = [hint !== undefined && `${name}-h`, error !== undefined && `${name}-e`].filter(Boolean)
  return (
    <div class={error === undefined ? 'field' : 'field field-bad'}>
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <p class="hint" id={`${name}-h`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <FieldError id={`${name}-e`} prefix={texts.translators.pl.t('ui.errorPrefix')} text={error} />
      )}
      <input
        class="in"
        id={name}
        name={name}
        type="password"
        autocomplete={autocomplete}
        aria-describedby={described.length > 0 ? described.join(' ') : undefined}
        aria-invalid={error !== undefined || undefined}
      />
    </div>
  )
}
