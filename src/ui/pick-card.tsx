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

interface CheckCardProps extends PickCardProps {
  /** The button of kind `ready` stays pale until it is ticked. */
  must?: boolean
  /** Seen only while the box is ticked, without a script: an element of class `reveal`. */
  opens?: ComponentChildren
}

/** A box to tick; never ticked beforehand. */
export const CheckCard = (props: CheckCardProps) => <Card type="checkbox" {...props} />

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
  opens,
}: CheckCardProps & { type: 'radio' | 'checkbox' }) => (
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
    {opens}
  </div>
)
