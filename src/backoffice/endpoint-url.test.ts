import { describe, expect, test } from 'vitest'
import { createAddressGuard } from './address-guard'
import { readEndpointUrl } from './endpoint-url'

const rules = { mayBeAt: createAddressGuard([]), plainHttp: false }
const reason = (typed: string, changes: Partial<typeof rules> = {}) => {
  const read = readEndpointUrl(typed, { ...rules, ...changes })
  return read.ok ? read.url.href : read.reason
}

describe('the address of an endpoint', () => {
  test('is taken with a name, a port and a path', () => {
    expect(reason(' https://system.example.pl:8443/wnioski?zrodlo=e-wizyta ')).toBe(
      'https://system.example.pl:8443/wnioski?zrodlo=e-wizyta',
    )
  })

  test.each([
    ['', 'url_missing'],
    ['system.example.pl', 'url_wrong'],
    ['ftp://system.example.pl', 'url_wrong'],
    ['file:///etc/passwd', 'url_wrong'],
    [`https://example.pl/${'a'.repeat(500)}`, 'url_wrong'],
    ['https://user:word@system.example.pl', 'url_secret'],
    ['https://system.example.pl/#part', 'url_secret'],
    ['http://system.example.pl', 'https_needed'],
    ['https://127.0.0.1', 'private_address'],
    ['https://2130706433/', 'private_address'],
    ['https://0x7f.1/', 'private_address'],
    ['https://0177.0.0.1/', 'private_address'],
    ['https://127.1/', 'private_address'],
    ['https://[::1]/', 'private_address'],
    ['https://[::ffff:10.0.0.1]/', 'private_address'],
    ['https://１２７.0.0.1/', 'private_address'],
    ['https://localhost:8443/', 'private_address'],
    ['https://LOCALHOST./', 'private_address'],
    ['https://system.localhost/', 'private_address'],
    ['https://169.254.169.254/latest', 'private_address'],
  ])('%s is refused: %s', (typed, expected) => expect(reason(typed)).toBe(expected))

  test('may be plain and inside, where the configuration allows it', () => {
    const inside = { mayBeAt: createAddressGuard(['127.0.0.0/8']), plainHttp: true }
    expect(reason('http://127.0.0.1:9000/', inside)).toBe('http://127.0.0.1:9000/')
    expect(reason('http://localhost:9000/', inside)).toBe('http://localhost:9000/')
  })

  test('may have a name that only sounds like this machine', () => {
    expect(reason('https://localhost.example.pl/')).toBe('https://localhost.example.pl/')
  })
})
