import { isLabelled, ticksUpTo } from './scale'
import { Axis } from './stacked-columns'

const [left, right, top, bottom] = [58, 560, 20, 170]
/** Names of two lines whose ends are closer would lie upon each other. */
const leastApart = 16

export interface Line {
  name: string
  kind: 'line-a' | 'line-b'
  /** Null where there is nothing to show: the line is broken off there. */
  values: readonly (number | null)[]
}

/** Lines over time, named at their ends; the second one is dashed. */
export const Lines = ({
  labels,
  lines,
  finding,
}: {
  labels: readonly string[]
  lines: readonly Line[]
  finding: string
}) => {
  const ticks = ticksUpTo(Math.max(0, ...lines.flatMap(({ values }) => values.map((value) => value ?? 0))))
  const perUnit = (bottom - top) / (ticks.at(-1) ?? 1)
  const step = labels.length > 1 ? (right - left) / (labels.length - 1) : 0
  const x = (index: number) => round(left + step * index)
  const y = (value: number) => round(bottom - value * perUnit)
  const ends = endsApart(lines.map(({ values }) => y(values.findLast((value) => value !== null) ?? 0)))
  return (
    <svg viewBox="0 0 645 200" role="img" aria-label={finding}>
      <Axis ticks={ticks} perUnit={perUnit} end={right + 10} base={bottom} />
      {lines.map(({ name, kind, values }, index) => (
        <g key={name}>
          <path class={kind} d={pathOf(values, x, y)} />
          {values.map(
            (value, at) =>
              value !== null &&
              isAlone(values, at) && (
                <circle key={at} class={`${kind}-dot`} cx={x(at)} cy={y(value)} r="3.5" />
              ),
          )}
          {values.some((value) => value !== null) && (
            <text class="v" x={right + 16} y={(ends[index] ?? 0) + 4}>
              {name}
            </text>
          )}
        </g>
      ))}
      {labels.map(
        (label, index) =>
          isLabelled(index, labels.length, 10) && (
            <text key={label} x={x(index)} y="192" text-anchor="middle">
              {label}
            </text>
          ),
      )}
    </svg>
  )
}

const isAlone = (values: readonly (number | null)[], at: number): boolean =>
  (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null

function pathOf(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  return values
    .map((value, index) => {
      if (value === null) return ''
      return `${(values[index - 1] ?? null) === null ? 'M' : 'L'}${x(index)} ${y(value)}`
    })
    .join('')
}

/** The heights of two names, moved apart when they would touch. */
function endsApart(heights: readonly number[]): number[] {
  const [one = 0, other = 0] = heights
  if (Math.abs(one - other) >= leastApart) return [...heights]
  const middle = (one + other) / 2
  const oneIsLower = one > other
  const [low, high] = [middle + leastApart / 2, middle - leastApart / 2]
  return oneIsLower ? [low, high] : [high, low]
}

const round = (n: number): number => Math.round(n * 10) / 10
