import type { DeviceCheckName, DeviceReport, DeviceRequirements } from '../../contract/device-check'
import type { DeviceTextKey } from '../../contract/device-boot'
import { oldestVersion } from './browser-finding'

type Values = Readonly<Record<string, string | number>>
type Text = (key: DeviceTextKey, values?: Values) => string

/** What a finding says: a title, what was measured, and the remedy where there is one. */
export interface FindingWords {
  title: string
  fix: string | null
}

/** Findings that are well and say so in one line. */
const fineKeys: Partial<Record<string, DeviceTextKey>> = {
  'browser.ok': 'device.browser.ok',
  'camera.ok': 'device.camera.ok',
  'microphone.ok': 'device.microphone.ok',
  'noise.ok': 'device.noise.ok',
  'light.ok': 'device.light.ok',
  'backlight.ok': 'device.backlight.ok',
  'bandwidth.ok': 'device.bandwidth.ok',
  'connection.direct': 'device.connection.direct',
  'connection.relay': 'device.connection.relay',
}

/** The numbers and names that the words of a check may hold. */
function valuesOf(report: Partial<DeviceReport>, needed: DeviceRequirements): Values {
  const { browser, camera, bandwidth } = report
  return {
    ...(browser && {
      browser: browser.browser,
      version: browser.version ?? '',
      minimum: oldestVersion(browser.browser) ?? '',
    }),
    ...(camera && { width: camera.width ?? 0, height: camera.height ?? 0 }),
    ...(bandwidth && { down: bandwidth.down ?? 0, up: bandwidth.up ?? 0 }),
    megabits: needed.megabits,
    neededWidth: needed.width,
    neededHeight: needed.height,
  }
}

/** @param numbers writes a number as the language does: 1,4 */
export function findingWords(
  check: DeviceCheckName,
  report: Partial<DeviceReport>,
  needed: DeviceRequirements,
  text: Text,
  numbers: (value: number) => string,
): FindingWords {
  const code = report[check]?.code ?? 'unknown'
  const values = valuesOf(report, needed)
  const written: Values = Object.keys(values).reduce<Record<string, string>>((all, name) => {
    const value = values[name]
    all[name] = typeof value === 'number' ? numbers(value) : (value ?? '')
    return all
  }, {})
  const fine = fineKeys[`${check}.${code}`]
  if (fine) return { title: text(fine, written), fix: null }
  if (code === 'unknown')
    return {
      title: text('device.unknown.title', { check: text(`device.${check}.name`) }),
      fix: text('device.unknown.fix'),
    }
  return {
    title: text(`device.${check}.${code}.title` as DeviceTextKey, written),
    fix: text(`device.${check}.${code}.fix` as DeviceTextKey, written),
  }
}
