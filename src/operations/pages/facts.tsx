import type { ComponentChildren } from 'preact'

/** What was measured, a line each. */
export const Facts = ({
  rows,
}: {
  rows: readonly (readonly [label: string, value: ComponentChildren])[]
}) => (
  <dl class="ops-facts">
    {rows.map(([label, value]) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
)
