import { expect, test } from 'vitest'
import { permissionsPolicy, securityHeaders } from './security-headers'

test('pages may load nothing from elsewhere, run no inline script and be framed by nobody', () => {
  const policy = securityHeaders('https://wizyta.example.org')['content-security-policy'] ?? ''
  expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/)
  expect(policy).not.toMatch(/unsafe|\*/)
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("connect-src 'self' wss://wizyta.example.org;")
})

test('only https is promised to stay https', () => {
  expect(securityHeaders('https://wizyta.example.org')['strict-transport-security']).toBe('max-age=31536000')
  expect(securityHeaders('http://localhost:3000')).not.toHaveProperty('strict-transport-security')
})

test('camera and microphone are for the pages of a visit', () => {
  expect(permissionsPolicy(true)).toContain('camera=(self), microphone=(self)')
  expect(permissionsPolicy(false)).toContain('camera=(), microphone=()')
})
