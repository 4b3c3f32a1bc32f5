import { expect, test } from 'vitest'
import type { FoundEntry } from '../../audit/find-entries'
import { staffTranslator } from '../../platform/i18n/translator'
import { testWords } from '../../ui/site-for-tests'
import { editedSettingsSchema, settingDetails } from '../../institution/edit-settings'
import { readInstitutionData } from '../../institution/read-institution-data'
import { type AuditDetails, auditActions } from '../../audit/audit-action'
import { staffCatalogue } from '../../texts/catalogue'
import { detailsWords, subjectWords } from './audit-words'

test('everything that is written down can be read as a sentence', () => {
  const without = auditActions.filter((action) => !Object.hasOwn(staffCatalogue, `audit.action.${action}`))
  expect(without).toEqual([])
})

const names = new Map([
  ['topic 6', 'Zasiłki'],
  ['topic 7', 'Emerytury'],
  ['branch 3', 'Oddział w Lublinie'],
  ['staff 5', 'Ewa Maj'],
  ['endpoint f34204d2-f098-44e5-9af7-ef5ca0706e16', 'Rejestr wniosków'],
])

test('details are words as well, also where one of them means something else', () => {
  const words = (action: string, details: AuditDetails) =>
    detailsWords(staffTranslator(testWords), { action, details }, { timeZone: 'Europe/Warsaw', names })
  expect(words('message.sent_again', { kind: 'booked' })).toBe('rodzaj: potwierdzenie rezerwacji')
  expect(words('staff.refused', { reason: 'locked' })).toBe('powód: konto chwilowo zablokowane')
  expect(words('schedule.changed', { kind: 'window', desk: 7, appear: 2, restored: 1 })).toBe(
    'rodzaj: godziny stanowiska, stanowisko: 7, nowe terminy: 2, przywrócone terminy: 1',
  )
  expect(words('staff.branch_changed', { from: 3, to: 4 })).toBe('od: Oddział w Lublinie, do: 4')
  expect(words('staff.topics_changed', { topics: '6,7,8' })).toBe('tematy: Zasiłki, Emerytury, 8')
  expect(words('desk.changed', { topics: 6 })).toBe('tematy: 6')
  expect(words('visit.taken_over', { from: 5 })).toBe('od: Ewa Maj')
  expect(words('areas.restored', { restored: 1 })).toBe('przywrócona wersja: 1')
})

test('every rule that is changed, and each part of it, has its words', async () => {
  const { settings } = await readInstitutionData('data/zus')
  const edited = editedSettingsSchema.parse(
    Object.fromEntries(Object.entries(settings).filter(([name]) => name in editedSettingsSchema.shape)),
  )
  const details = Object.entries(edited).flatMap(([name, value]) =>
    settingDetails(name as keyof typeof edited, value),
  )
  expect(details.length).toBeGreaterThan(16)
  const without = details.filter(
    ([name]) => !Object.hasOwn(staffCatalogue, `audit.detail.settings.changed.${name}`),
  )
  expect(without).toEqual([])
  const said = detailsWords(
    staffTranslator(testWords),
    { action: 'settings.changed', details: Object.fromEntries(details) },
    { timeZone: 'Europe/Warsaw', names },
  )
  expect(said).toContain('łącze, Mb/s: 2')
  expect(said).toContain('dane osobowe: Klient zgadza się na przetwarzanie danych')
  expect(said).toContain('nagrywanie, gdy temat nie mówi inaczej: zgoda konieczna do rezerwacji')
})

test('what an entry is about is said by its kind and name, and by its number when that is gone', () => {
  const about = (subjectKind: string, subjectId: string) =>
    subjectWords(staffTranslator(testWords), { subjectKind, subjectId } as FoundEntry, names)
  expect(about('day', '44/2026-11-27')).toBe('lista dnia 27.11.2026')
  expect(about('topic', '6')).toBe('temat: Zasiłki')
  expect(about('topic', '9')).toBe('temat 9')
  expect(about('staff', '5')).toBe('Ewa Maj')
  expect(about('staff', '9')).toBe('konto 9')
  expect(about('endpoint', 'f34204d2-f098-44e5-9af7-ef5ca0706e16')).toBe('system: Rejestr wniosków')
  expect(about('endpoint', '00000000-f098-44e5-9af7-ef5ca0706e16')).toBe('system 00000000')
  expect(about('country', 'DE')).toBe('kraj: Niemcy')
  expect(about('data_class', 'chat')).toBe('dane: Czat')
  expect(about('institution', 'institution')).toBe('instytucja')
  expect(about('institution', 'declaration')).toBe('instytucja: deklaracja dostępności')
  expect(about('legal_text', 'rules')).toBe('tekst prawny: Zasady e-wizyty')
  expect(about('text', 'sms.moved.pl')).toBe('tekst: Nowy termin (SMS, polski)')
  expect(about('visit', '00000000-f098-44e5-9af7-ef5ca0706e16')).toBe('usunięta wizyta')
})
