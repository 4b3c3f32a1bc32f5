import { expect, test } from 'vitest'
import { type AskedConsent, checkConsents } from './consents'

const asked: AskedConsent[] = [
  { kind: 'privacy', version: '2026-2', label: 'consent.privacy.consent.label', required: true },
  { kind: 'recording', version: '2026-1', label: 'consent.recording.optional.label', required: false },
]

test('what is ticked is kept, an optional consent may be left out', () => {
  const privacy = { kind: 'privacy', version: '2026-2' } as const
  expect(checkConsents(asked, [privacy])).toEqual({
    ok: true,
    given: [{ ...privacy, label: 'consent.privacy.consent.label' }],
  })
})

test('a consent that nobody asked for is not kept', () => {
  const given = [
    { kind: 'privacy', version: '2026-2' },
    { kind: 'guardian', version: '2026-2' },
  ] as const
  expect(checkConsents(asked, given)).toEqual({
    ok: true,
    given: [{ ...given[0], label: 'consent.privacy.consent.label' }],
  })
})

test('a missing consent is named, an optional one is not missing', () => {
  expect(checkConsents(asked, [])).toEqual({ ok: false, reason: 'consent_missing', missing: ['privacy'] })
})

test('a consent to a text that has changed, optional ones included, has to be given again', () => {
  const given = [
    { kind: 'privacy', version: '2026-2' },
    { kind: 'recording', version: '2025-9' },
  ] as const
  expect(checkConsents(asked, given)).toEqual({
    ok: false,
    reason: 'consent_version_changed',
    missing: ['recording'],
  })
})
