import { describe, expect, test } from 'vitest'
import { browserFinding } from './browser-finding'

const able = { secure: true, hasMediaDevices: true, hasPeers: true }
const mozilla = 'Mozilla/5.0'
const agents = {
  chrome70: `${mozilla} (Linux; Android 7.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/70.0.3538.110 Mobile Safari/537.36`,
  chrome60: `${mozilla} (Windows NT 6.1) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/60.0.3112.113 Safari/537.36`,
  edge: `${mozilla} (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0`,
  firefox: `${mozilla} (X11; Linux x86_64; rv:131.0) Gecko/20100101 Firefox/131.0`,
  safari12: `${mozilla} (iPhone; CPU iPhone OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1.2 Mobile/15E148 Safari/604.1`,
  safari11: `${mozilla} (Macintosh; Intel Mac OS X 10_12_6) AppleWebKit/604.1 (KHTML, like Gecko) Version/11.1 Safari/604.1`,
  samsung: `${mozilla} (Linux; Android 11) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/20.0 Chrome/106.0.0.0 Mobile Safari/537.36`,
  facebook: `${mozilla} (Linux; Android 11; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 [FB_IAB/FB4A;FBAV/400.0]`,
  oldExplorer: `${mozilla} (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko`,
}

describe('the browser', () => {
  test.each([
    ['chrome70', { code: 'ok', browser: 'Chrome', version: 70 }],
    ['chrome60', { code: 'outdated', browser: 'Chrome', version: 60 }],
    ['edge', { code: 'ok', browser: 'Edge', version: 141 }],
    ['firefox', { code: 'ok', browser: 'Firefox', version: 131 }],
    ['safari12', { code: 'ok', browser: 'Safari', version: 12 }],
    ['safari11', { code: 'outdated', browser: 'Safari', version: 11 }],
    ['samsung', { code: 'ok', browser: 'Samsung Internet', version: 20 }],
    ['facebook', { code: 'inApp', browser: 'Chrome', version: 120 }],
  ] as const)('%s is known', (agent, finding) => {
    expect(browserFinding({ ...able, userAgent: agents[agent] })).toEqual(finding)
  })

  test('that we do not know is not called unfit while it can do what a call needs', () => {
    expect(browserFinding({ ...able, userAgent: 'Something/1.0' })).toMatchObject({ code: 'unknown' })
  })

  test('that lacks calls is unsupported, or too old where we know its age', () => {
    const without = { ...able, hasPeers: false }
    expect(browserFinding({ ...without, userAgent: agents.oldExplorer }).code).toBe('unsupported')
    expect(browserFinding({ ...without, userAgent: agents.chrome60 }).code).toBe('outdated')
    expect(browserFinding({ ...without, userAgent: agents.edge }).code).toBe('unsupported')
  })

  test('on an address without https is told that before all else', () => {
    const plain = { secure: false, hasMediaDevices: false, hasPeers: true }
    expect(browserFinding({ ...plain, userAgent: agents.facebook }).code).toBe('insecure')
  })
})
