import { z } from 'zod'
import {
  deviceChecks,
  type DeviceCheckName,
  deviceFindings,
  type DeviceReport,
  knownBrowsers,
} from '../contract/device-check'

/** The codes of a check, as keys of the table. */
const codesOf = <Codes extends object>(codes: Codes) =>
  z.enum(Object.keys(codes) as [keyof Codes & string, ...(keyof Codes & string)[]])

const pixels = z.int().min(0).max(20_000).nullable()
const decibels = z.number().min(-200).max(0).nullable()
const megabits = z.number().min(0).max(100_000).nullable()

/** What a page reports of its device: closed lists and numbers in bounds, so that nobody can write anything else. */
export const deviceReport: z.ZodType<DeviceReport> = z.strictObject({
  browser: z.strictObject({
    code: codesOf(deviceFindings.browser),
    browser: z.enum(knownBrowsers),
    version: z.int().min(0).max(100_000).nullable(),
  }),
  camera: z.strictObject({ code: codesOf(deviceFindings.camera), width: pixels, height: pixels }),
  microphone: z.strictObject({ code: codesOf(deviceFindings.microphone), level: decibels }),
  noise: z.strictObject({ code: codesOf(deviceFindings.noise), level: decibels }),
  light: z.strictObject({ code: codesOf(deviceFindings.light) }),
  backlight: z.strictObject({ code: codesOf(deviceFindings.backlight) }),
  bandwidth: z.strictObject({ code: codesOf(deviceFindings.bandwidth), down: megabits, up: megabits }),
  connection: z.strictObject({ code: codesOf(deviceFindings.connection) }),
})

/** The checks of a report that are not well, in the order of their telling. */
export const remarksOf = (report: DeviceReport): DeviceCheckName[] =>
  deviceChecks.filter((check) => {
    const findings: Record<string, string> = deviceFindings[check]
    const verdict = findings[report[check].code]
    return verdict === 'failed' || verdict === 'warning'
  })
