import type { ComponentChildren } from 'preact'

interface PickCardProps {
  id: string
  name: string
  value: string
  label: ComponentChildren
  hint?: ComponentChildren
  checked?: boolean
  error?: boolean
  describedBy?: string
}

/** One of several answers; the whole card is the target. */
export const PickCard = (props: PickCardProps) => <Card type="radio" {...props} />

/** A box to tick. With `must` the button of kind `ready` stays pale until it is ticked; never ticked beforehand. */
export const CheckCard = (props: PickCardProps & { must?: boolean }) => <Card type="checkbox" {...props} />

const Card = ({
  type,
  id,
  name,
  value,
  label,
  hint,
  checked,
  error,
  describedBy,
  must,
}: PickCardProps & { type: 'radio' | 'checkbox'; must?: boolean }) => (
  <div class="pick">
    <input
      class={must ? 'must' : undefined}
      type={type}
      id={id}
      name={name}
      value={value}
      checked={checked}
      aria-describedby={describedBy}
      aria-invalid={error ? true : undefined}
    />
    <label for={id}>
      <b>{label}</b>
      {hint !== undefined && <span>{hint}</span>}
    </label>
  </div>
)
