import type { Finding } from '../../contract/device-check'

/** Loudness of samples of -1 to 1, in dB of full scale; silence is -100. */
export function loudnessOf(samples: ArrayLike<number>): number {
  let energy = 0
  for (let index = 0; index < samples.length; index++) energy += (samples[index] ?? 0) ** 2
  const power = samples.length === 0 ? 0 : energy / samples.length
  return power <= 1e-10 ? -100 : 10 * Math.log10(power)
}

/** The value that the given share of all lies below; null of nothing. */
export function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null
  const sorted = values.slice().sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? null
}

/** dB of full scale, without the browser's own gain and noise suppression (docs/decisions). */
const limits = { silent: -60, quiet: -45, noisy: -42 }

const enoughReadings = 10
const rounded = (value: number | null): number | null => (value === null ? null : Math.round(value))

/** From readings while the person was asked to speak. */
export function microphoneFinding(readings: readonly number[]): Finding<'microphone'> {
  const level = quantile(readings, 0.95)
  if (level === null || readings.length < enoughReadings) return { code: 'unknown', level: null }
  if (level < limits.silent) return { code: 'silent', level: rounded(level) }
  return { code: level < limits.quiet ? 'quiet' : 'ok', level: rounded(level) }
}

/** From readings while the person was asked to be silent; their own voice in between does not count. */
export function noiseFinding(readings: readonly number[]): Finding<'noise'> {
  const level = quantile(readings, 0.25)
  if (level === null || readings.length < enoughReadings) return { code: 'unknown', level: null }
  return { code: level > limits.noisy ? 'noisy' : 'ok', level: rounded(level) }
}
