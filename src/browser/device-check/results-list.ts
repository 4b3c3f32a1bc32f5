import {
  type DeviceCheckName,
  deviceChecks,
  type DeviceReport,
  type DeviceVerdict,
  verdictOf,
} from '../../contract/device-check'
import type { DeviceCheckBoot, DeviceTextKey } from '../../contract/device-boot'
import type { Texts } from '../call/boot-data'
import { element } from '../call/dom'
import { icon, type IconName } from '../call/icons'
import { findingWords } from './finding-words'

type Words = Texts<DeviceTextKey, 'device.result.warning.body'>

const looks: Record<DeviceVerdict, { class: string; icon: IconName }> = {
  ok: { class: 'ok', icon: 'done' },
  warning: { class: 'warn', icon: 'alert' },
  failed: { class: 'bad', icon: 'cross' },
  unknown: { class: 'unsure', icon: 'info' },
}
const worstFirst: readonly DeviceVerdict[] = ['failed', 'warning', 'unknown', 'ok']

/** Shows what is known so far: the worst first, and at the end what is still being checked. */
export function createResultsList(list: HTMLElement, boot: DeviceCheckBoot, { text }: Words) {
  const numbers = (value: number) => value.toLocaleString(document.documentElement.lang)

  const row = (check: DeviceCheckName, report: Partial<DeviceReport>): HTMLElement => {
    const finding = report[check]
    const name = text(`device.${check}.name`)
    if (!finding)
      return element(
        'li',
        { 'data-check': check },
        icon('clock', 28),
        element('div', {}, element('h3', {}, name), element('p', {}, text('device.verdict.running'))),
      )
    const verdict = verdictOf(check, finding.code as never)
    const words = findingWords(check, report, boot.needed, text, numbers)
    const look = looks[verdict]
    return element(
      'li',
      { class: look.class, 'data-check': check, 'data-code': finding.code },
      icon(look.icon, 28),
      element(
        'div',
        {},
        element('h3', {}, name, element('span', { class: 'hide' }, `: ${text(`device.verdict.${verdict}`)}`)),
        element('p', {}, words.title),
        ...(words.fix === null ? [] : [element('p', { class: 'fix' }, words.fix)]),
      ),
    )
  }

  const rank = (check: DeviceCheckName, report: Partial<DeviceReport>): number => {
    const finding = report[check]
    return finding ? worstFirst.indexOf(verdictOf(check, finding.code as never)) : worstFirst.length
  }

  return {
    show(report: Partial<DeviceReport>): void {
      list.textContent = ''
      deviceChecks
        .slice()
        .sort((a, b) => rank(a, report) - rank(b, report))
        .forEach((check) => list.appendChild(row(check, report)))
    },
  }
}
