/** Round marks of an axis that begins at zero: at most five, the last of them at least `most`. */
export function ticksUpTo(most: number): number[] {
  const rough = Math.max(most, 1) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(1, ([1, 2, 5, 10].find((round) => round * power >= rough) ?? 10) * power)
  const count = Math.max(1, Math.ceil(Math.max(most, 1) / step))
  return Array.from({ length: count + 1 }, (_, n) => n * step)
}

/** Which of `count` labels are written: all of a few, else every second, third … so that none touch. */
export const isLabelled = (index: number, count: number, most: number): boolean =>
  index % Math.ceil(count / most) === 0
