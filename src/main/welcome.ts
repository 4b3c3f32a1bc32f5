import { samplePassword, sampleStaff } from './demo/sample-staff'
import type { Product } from './product'

/** What stands on the terminal when the product is ready. */
export function welcome({ config, publicUrl, demoMeetingUrl }: Product): string {
  if (config.role === 'worker') return 'e-Wizyta: the worker is ready.\n'
  const officer = sampleStaff[0]
  const addresses = [
    ['Citizens', `${publicUrl}/`],
    ["Officer's desk", `${publicUrl}/pracownik`],
    ['API', `${publicUrl}/api`],
  ]
  const demonstration = [
    ['', `${officer.email} / ${samplePassword}`],
    ['Mailbox', `${publicUrl}/skrzynka`],
    ['How to try it', `${publicUrl}/skrzynka/jak-sprobowac`],
    ['A visit that starts now', demoMeetingUrl ?? ''],
    ['', "Open it as the citizen; take it at the officer's desk with the account above."],
  ]
  const lines = config.demo ? [...addresses.slice(0, 2), ...demonstration, ...addresses.slice(2)] : addresses
  const width = Math.max(...lines.map(([name = '']) => name.length)) + 2
  const table = lines.map(([name = '', text = '']) => `  ${name.padEnd(width)}${text}`).join('\n')
  const mode = config.demo ? 'demonstration: no real data, please' : 'production'
  return `\ne-Wizyta is ready (${mode})\n\n${table}\n\nStop with Ctrl-C.\n`
}
