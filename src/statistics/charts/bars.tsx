import { grouped } from '../../platform/i18n/numbers'

const rowHeight = 44
const longest = 340

/** A bar a row, its name above it and its number, or what is said instead of it, beside it. */
export const Bars = ({
  bars,
  kind,
  finding,
}: {
  bars: readonly { label: string; value: number; text?: string }[]
  kind: 'bar-a' | 'bar-b' | 'bar-c'
  finding: string
}) => {
  const most = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <svg viewBox={`0 0 400 ${bars.length * rowHeight + 6}`} role="img" aria-label={finding}>
      {bars.map(({ label, value, text }, index) => {
        const width = value === 0 ? 0 : Math.max(2, Math.round((value / most) * longest))
        const y = index * rowHeight
        return (
          <g key={label}>
            <text x="0" y={y + 20}>
              {label}
            </text>
            {value > 0 && <rect class={kind} x="0" y={y + 27} width={width} height="12" rx="3" />}
            <text class="v" x={width + 8} y={y + 38}>
              {text ?? grouped(value)}
            </text>
          </g>
        )
      })}
    </svg>
  )
}
