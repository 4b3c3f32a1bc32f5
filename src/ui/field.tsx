import type { ComponentChildren, InputHTMLAttributes } from 'preact'
import type { Translator } from '../platform/i18n/translator'

interface FieldFrameProps {
  t: Translator
  /** Also the field's id: the error summary links to it. */
  name: string
  label: ComponentChildren
  hint?: string | undefined
  error?: string | undefined
}

interface FieldProps extends FieldFrameProps {
  value?: string | undefined
  type?: 'text' | 'email' | 'tel'
  autocomplete?: NonNullable<InputHTMLAttributes['autocomplete']>
  inputMode?: 'numeric' | 'tel' | 'email'
  maxLength?: number
  /** A short code: narrow, wide letters. */
  code?: boolean
}

/** A text field: label, hint, error, input in that order. */
export const Field = ({
  value,
  type = 'text',
  autocomplete,
  inputMode,
  maxLength,
  code,
  ...frame
}: FieldProps) => (
  <FieldFrame {...frame}>
    <input
      class={code ? 'in in-code' : 'in'}
      id={frame.name}
      name={frame.name}
      type={type}
      value={value}
      autocomplete={autocomplete}
      inputMode={inputMode}
      maxLength={maxLength}
      {...describe(frame)}
    />
  </FieldFrame>
)

interface TextAreaProps extends FieldFrameProps {
  value?: string | undefined
  rows: number
}

/** A field for several lines. */
export const TextArea = ({ value, rows, ...frame }: TextAreaProps) => (
  <FieldFrame {...frame}>
    <textarea class="in" id={frame.name} name={frame.name} rows={rows} {...describe(frame)}>
      {value}
    </textarea>
  </FieldFrame>
)

interface SelectProps extends FieldFrameProps {
  /** The options as HTML of our own. */
  optionsHtml: string
}

/** A list to choose one from, closed until opened. */
export const Select = ({ optionsHtml, ...frame }: SelectProps) => (
  <FieldFrame {...frame}>
    <span class="sel">
      <select
        class="in"
        id={frame.name}
        name={frame.name}
        {...describe(frame)}
        dangerouslySetInnerHTML={{ __html: optionsHtml }}
      />
    </span>
  </FieldFrame>
)

const FieldFrame = ({
  t: { t },
  name,
  label,
  hint,
  error,
  children,
}: FieldFrameProps & { children: ComponentChildren }) => (
  <div class={error === undefined ? 'field' : 'field field-bad'}>
    <label for={name}>{label}</label>
    {hint !== undefined && (
      <p class="hint" id={`${name}-h`}>
        {hint}
      </p>
    )}
    {error !== undefined && <FieldError id={`${name}-e`} prefix={t('ui.errorPrefix')} text={error} />}
    {children}
  </div>
)

/** What is wrong, at the field; `prefix` is for those who do not see the red. */
export const FieldError = ({ id, prefix, text }: { id: string; prefix: string; text: string }) => (
  <p class="err" id={id}>
    <span class="hide">{prefix} </span>
    {text}
  </p>
)

const describe = ({ name, hint, error }: FieldFrameProps) => {
  const ids = [hint !== undefined && `${name}-h`, error !== undefined && `${name}-e`].filter(Boolean)
  return {
    ...(ids.length > 0 && { 'aria-describedby': ids.join(' ') }),
    ...(error !== undefined && { 'aria-invalid': true as const }),
  }
}
