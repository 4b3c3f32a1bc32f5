import type { DeskDayTextKey } from '../../contract/desk-day-boot'
import type { DeskVisit } from '../../contract/desk-live'
import type { DeviceVerdict } from '../../contract/device-check'
import type { IconName } from '../call/icons'

/** How a verdict on a client's device looks at the desk. */
export const deviceLook: Record<DeviceVerdict, { look: string; icon: IconName }> = {
  ok: { look: 'st-ok', icon: 'done' },
  warning: { look: 'st-warn', icon: 'alert' },
  failed: { look: 'st-bad', icon: 'cross' },
  unknown: { look: '', icon: 'info' },
}

export const deviceState = (verdict: DeviceVerdict): DeskDayTextKey => `desk.device.${verdict}`

/** What stands on the card of a waiting person: each remark, or that all is well, or that nothing was checked. */
export function deviceLines(
  { device }: Pick<DeskVisit, 'device'>,
  text: (key: DeskDayTextKey) => string,
): { words: string; look: string; icon: IconName }[] {
  if (!device) return [{ words: text('desk.device.unknown'), ...deviceLook.unknown }]
  const look = deviceLook[device.verdict]
  const lines = device.remarks.length > 0 ? device.remarks : [text(deviceState(device.verdict))]
  return lines.map((words) => ({ words, ...look }))
}
