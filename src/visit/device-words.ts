import type { DeviceReport } from '../contract/device-check'
import type { Translator } from '../platform/i18n/translator'
import { catalogues, type TextKey } from '../texts/catalogue'
import { remarksOf } from './device-report'

const isText = (key: string): key is TextKey => Object.hasOwn(catalogues.pl, key)

/** What the officer is told of the client's device: one line for each check that is not well. */
export function deviceRemarks({ t }: Translator, report: DeviceReport): string[] {
  const { browser, camera, bandwidth } = report
  const values = {
    browser: browser.browser,
    version: browser.version ?? '',
    width: camera.width ?? 0,
    height: camera.height ?? 0,
    down: bandwidth.down ?? 0,
    up: bandwidth.up ?? 0,
  }
  return remarksOf(report).map((check) => {
    const key = `device.${check}.${report[check].code}.title`
    return isText(key) ? t(key, values) : t(`device.${check}.name`)
  })
}
