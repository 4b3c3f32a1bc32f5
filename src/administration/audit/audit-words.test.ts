import { expect, test } from 'vitest'
import type { FoundEntry } from '../../audit/find-entries'
import { staffTranslator } from '../../platform/i18n/translator'
import { testWords } from '../../ui/site-for-tests'
import { type AuditDetails, auditActions } from '../../audit/audit-action'
import { staffCatalogue } from '../../texts/catalogue'
import { detailsWords, subjectWords } from './audit-words'

test('everything that is written down can be read as a sentence', () => {
  const without = auditActions.filter((action) => !Object.hasOwn(staffCatalogue, `audit.action.${action}`))
  expect(without).toEqual([])
})

test('details are words as well, also where one of them means something else', () => {
  const words = (action: string, details: AuditDetails) =>
    detailsWords(staffTranslator(testWords), { action, details }, 'Europe/Warsaw')
  expect(words('message.sent_again', { kind: 'booked' })).toBe('rodzaj: potwierdzenie rezerwacji')
  expect(words('staff.refused', { reason: 'locked' })).toBe('powód: konto chwilowo zablokowane')
  expect(words('schedule.changed', { kind: 'window', desk: 7, appear: 2, restored: 1 })).toBe(
    'rodzaj: godziny stanowiska, stanowisko: 7, nowe terminy: 2, przywrócone terminy: 1',
  )
  expect(words('areas.restored', { restored: 1 })).toBe('przywrócona wersja: 1')
})

test('what an entry is about is said with its kind: a day as a day, long ids not at all', () => {
  const about = (subjectKind: string, subjectId: string) =>
    subjectWords(staffTranslator(testWords), { subjectKind, subjectId } as FoundEntry)
  expect(about('day', '44/2026-11-27')).toBe('lista dnia 27.11.2026')
  expect(about('topic', '6')).toBe('temat 6')
  expect(about('endpoint', 'f34204d2-f098-44e5-9af7-ef5ca0706e16')).toBe('system')
})
