/** The checks of a device, in the order in which they are told. */
export const deviceChecks = [
  'browser',
  'camera',
  'microphone',
  'noise',
  'light',
  'backlight',
  'bandwidth',
  'connection',
] as const
export type DeviceCheckName = (typeof deviceChecks)[number]

export const deviceVerdicts = ['ok', 'warning', 'failed', 'unknown'] as const
export type DeviceVerdict = (typeof deviceVerdicts)[number]

const refusals = {
  refusedByPerson: 'failed',
  refusedBySystem: 'failed',
  dismissed: 'unknown',
  inUse: 'failed',
  notFound: 'failed',
} as const

/** What each check can find, and what it means for the visit. Nothing fails on a guess: `unknown` is a finding. */
export const deviceFindings = {
  browser: {
    ok: 'ok',
    outdated: 'failed',
    unsupported: 'failed',
    inApp: 'warning',
    insecure: 'failed',
    unknown: 'unknown',
  },
  camera: {
    ok: 'ok',
    ...refusals,
    resolutionLow: 'warning',
    black: 'failed',
    frozen: 'warning',
    unknown: 'unknown',
  },
  microphone: { ok: 'ok', ...refusals, silent: 'failed', quiet: 'warning', unknown: 'unknown' },
  noise: { ok: 'ok', noisy: 'warning', unknown: 'unknown' },
  light: { ok: 'ok', dark: 'warning', bright: 'warning', unknown: 'unknown' },
  backlight: { ok: 'ok', behind: 'warning', unknown: 'unknown' },
  bandwidth: { ok: 'ok', low: 'warning', tooLow: 'failed', atLeast: 'unknown', unknown: 'unknown' },
  connection: {
    direct: 'ok',
    relay: 'ok',
    tcpOnly: 'warning',
    noRelay: 'unknown',
    relaySilent: 'warning',
    impossible: 'failed',
    server: 'failed',
    unknown: 'unknown',
  },
} as const satisfies Record<DeviceCheckName, Record<string, DeviceVerdict>>

export type DeviceCode<Check extends DeviceCheckName> = keyof (typeof deviceFindings)[Check] & string

/** Browsers that a report names; everything else is 'other'. */
export const knownBrowsers = [
  'Chrome',
  'Edge',
  'Firefox',
  'Safari',
  'Opera',
  'Samsung Internet',
  'other',
] as const
export type KnownBrowser = (typeof knownBrowsers)[number]

/** What was measured, where it could be: pixels, dB of full scale, megabits per second. */
export interface DeviceReport {
  browser: { code: DeviceCode<'browser'>; browser: KnownBrowser; version: number | null }
  camera: { code: DeviceCode<'camera'>; width: number | null; height: number | null }
  microphone: { code: DeviceCode<'microphone'>; level: number | null }
  noise: { code: DeviceCode<'noise'>; level: number | null }
  light: { code: DeviceCode<'light'> }
  backlight: { code: DeviceCode<'backlight'> }
  bandwidth: { code: DeviceCode<'bandwidth'>; down: number | null; up: number | null }
  connection: { code: DeviceCode<'connection'> }
}
export type Finding<Check extends DeviceCheckName> = DeviceReport[Check]

/** What the institution asks of a device. */
export interface DeviceRequirements {
  width: number
  height: number
  /** Megabits per second, in each direction. */
  megabits: number
}

/** What a finding means. */
export const verdictOf = <Check extends DeviceCheckName>(
  check: Check,
  code: DeviceCode<Check>,
): DeviceVerdict => (deviceFindings[check] as Record<string, DeviceVerdict>)[code] ?? 'unknown'

const worstFirst: readonly DeviceVerdict[] = ['failed', 'warning', 'unknown', 'ok']

/** The verdict on the whole: the worst of all. */
export const overallVerdict = (report: DeviceReport): DeviceVerdict => {
  const verdicts = deviceChecks.map((check) => verdictOf(check, report[check].code as never))
  return worstFirst.find((verdict) => verdicts.indexOf(verdict) >= 0) ?? 'unknown'
}
