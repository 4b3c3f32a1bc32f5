import { grouped } from '../../platform/i18n/numbers'
import { isLabelled, ticksUpTo } from './scale'

const [left, right, top, bottom] = [48, 640, 24, 240]
const gap = 1.5
/** Numbers stand above the columns while there is room for them. */
const mostNumbers = 16

export interface Column {
  label: string
  /** From the bottom up; the classes of `kinds` in the same order. */
  parts: readonly number[]
}

/** Columns over time, each of several parts. */
export const StackedColumns = ({
  columns,
  kinds,
  finding,
}: {
  columns: readonly Column[]
  kinds: readonly string[]
  finding: string
}) => {
  const sums = columns.map(({ parts }) => parts.reduce((sum, part) => sum + part, 0))
  const ticks = ticksUpTo(Math.max(0, ...sums))
  const perVisit = (bottom - top) / (ticks.at(-1) ?? 1)
  const step = (right - left) / Math.max(columns.length, 1)
  const width = Math.min(30, step * 0.62)
  return (
    <svg viewBox="0 0 645 268" role="img" aria-label={finding}>
      <Axis ticks={ticks} perUnit={perVisit} />
      {columns.map(({ label, parts }, index) => {
        const middle = left + step * (index + 0.5)
        const sum = sums[index] ?? 0
        let y = bottom
        return (
          <g key={label}>
            {parts.map((part, kind) => {
              if (part === 0) return null
              y -= part * perVisit
              const height = Math.max(1, part * perVisit - gap)
              return (
                <rect
                  key={kind}
                  class={kinds[kind]}
                  x={round(middle - width / 2)}
                  y={round(y)}
                  width={round(width)}
                  height={round(height)}
                  rx="2"
                />
              )
            })}
            {sum > 0 && columns.length <= mostNumbers && (
              <text class="v" x={round(middle)} y={round(bottom - sum * perVisit - 6)} text-anchor="middle">
                {grouped(sum)}
              </text>
            )}
            {isLabelled(index, columns.length, 13) && (
              <text x={round(middle)} y="261" text-anchor="middle">
                {label}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}

export const Axis = ({
  ticks,
  perUnit,
  end = right,
  base = bottom,
}: {
  ticks: readonly number[]
  perUnit: number
  end?: number
  base?: number
}) => (
  <>
    {ticks.map((tick) => {
      const y = round(base - tick * perUnit)
      return (
        <g key={tick}>
          <path class="axis" d={`M${left} ${y}H${end}`} />
          <text x={left - 8} y={y + 4} text-anchor="end">
            {grouped(tick)}
          </text>
        </g>
      )
    })}
  </>
)

const round = (n: number): number => Math.round(n * 10) / 10
