/** One measured promise. `goal` is what the product promises, undefined where it is only printed. */
export interface Figure {
  name: string
  value: number
  unit: string
  goal?: { least: number } | { most: number }
}

const goalText = ({ goal }: Figure): string => {
  if (!goal) return ''
  return 'least' in goal ? `>= ${goal.least}` : `<= ${goal.most}`
}

const isMet = ({ value, goal }: Figure): boolean =>
  !goal || ('least' in goal ? value >= goal.least : value <= goal.most)

const rounded = (value: number) => Number(value.toPrecision(value >= 1000 ? 5 : 3))

/** Prints a figure for reading, or as one JSON line. Falling short is said, and is no failure: machines are noisy. */
export function print(figure: Figure, asJson: boolean): void {
  const value = rounded(figure.value)
  if (asJson) {
    const { name, unit } = figure
    process.stdout.write(`${JSON.stringify({ name, value, unit, goal: goalText(figure) || null })}\n`)
    return
  }
  const verdict = figure.goal ? (isMet(figure) ? 'met' : 'SHORT OF GOAL') : ''
  process.stdout.write(
    `${figure.name.padEnd(32)} ${String(value).padStart(10)} ${figure.unit.padEnd(8)} ${goalText(figure).padEnd(12)} ${verdict}\n`,
  )
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

/** The value that 95 of 100 do not exceed. */
export const p95 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1] ?? NaN
