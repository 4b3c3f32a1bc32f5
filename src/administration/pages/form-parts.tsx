import type { ComponentChildren } from 'preact'
import { Icon } from '../../ui/icons'
import type { FormProblem } from '../../staff/pages/form-problems'

const errorAt = (mistakes: readonly FormProblem[], field: string): string | undefined =>
  mistakes.find((one) => one.field === field)?.text

interface FieldProps {
  name: string
  label: string
  value: string
  mistakes: readonly FormProblem[]
  hint?: string
  type?: 'text' | 'date' | 'number' | 'tel'
  maxLength?: number
  required?: boolean
  min?: string
  /** Several lines. */
  rows?: number
  lang?: string
}

/** A labelled field of a staff form, with its hint and what is wrong with it. */
export const StaffField = ({ name, label, value, mistakes, hint, type = 'text', ...more }: FieldProps) => {
  const { maxLength, required, min, rows, lang } = more
  const error = errorAt(mistakes, name)
  const ids = [hint !== undefined && `${name}-h`, error !== undefined && `${name}-e`]
    .filter(Boolean)
    .join(' ')
  const shared = {
    ...{ id: name, name, maxLength, required, lang },
    'aria-describedby': ids === '' ? undefined : ids,
    'aria-invalid': error === undefined ? undefined : true,
  }
  return (
    <div class="f">
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <p class="muted small" id={`${name}-h`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p class="field-error" id={`${name}-e`}>
          {error}
        </p>
      )}
      {rows === undefined ? (
        <input {...shared} type={type} min={min} value={value} autocomplete="off" />
      ) : (
        <textarea {...shared} rows={rows}>
          {value}
        </textarea>
      )}
    </div>
  )
}

interface SelectProps {
  name: string
  label: string
  value: string
  options: readonly (readonly [value: string, text: string])[]
  mistakes?: readonly FormProblem[]
  hint?: string
}

export const StaffSelect = ({ name, label, value, options, mistakes = [], hint }: SelectProps) => {
  const error = errorAt(mistakes, name)
  const ids = [hint !== undefined && `${name}-h`, error !== undefined && `${name}-e`]
    .filter(Boolean)
    .join(' ')
  return (
    <div class="f">
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <p class="muted small" id={`${name}-h`}>
          {hint}
        </p>
      )}
      {error !== undefined && (
        <p class="field-error" id={`${name}-e`}>
          {error}
        </p>
      )}
      <select
        id={name}
        name={name}
        aria-describedby={ids === '' ? undefined : ids}
        aria-invalid={error === undefined ? undefined : true}
      >
        {options.map(([option, text]) => (
          <option key={option} value={option} selected={option === value}>
            {text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** A box to tick. */
export const StaffCheck = ({
  name,
  value = 'tak',
  checked,
  children,
}: {
  name: string
  value?: string
  checked: boolean
  children: ComponentChildren
}) => (
  <label class="ck">
    <input type="checkbox" name={name} value={value} checked={checked} />
    {children}
  </label>
)

/** Something went well. */
export const Done = ({ children }: { children: ComponentChildren }) => (
  <p class="n n-ok" role="status">
    <Icon name="done" size={20} />
    <span>{children}</span>
  </p>
)
