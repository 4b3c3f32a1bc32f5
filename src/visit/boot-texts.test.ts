import { expect, test } from 'vitest'
import { createTranslator } from '../platform/i18n/translator'
import { bootJson, countedOf, deviceGoneTexts, textsOf } from './boot-texts'

const words = {
  inst: 'ZUS',
  instName: 'Zakład Ubezpieczeń Społecznych',
  instAddress: '',
  phone: '22 560 16 00',
  smsPhone: '22 560 16 00',
  phoneHours: '7:00–18:00',
  site: 'wizyta.example',
  profileName: 'PUE',
  hours: '9:00–14:30',
  minutes: 20,
  openBefore: 15,
}
const { t } = createTranslator('pl', words)

test('what only the page knows stays open, what we know is filled in', () => {
  const texts = textsOf(t, ['call.connected', 'call.connectionLost', 'call.chat.line'], {
    end: '9:45',
    number: 'EW-7K3F-92QX',
  })
  expect(texts['call.connected']).toContain('9:45')
  expect(texts['call.connectionLost']).toContain('EW-7K3F-92QX')
  expect(texts['call.connectionLost']).toContain('22 560 16 00')
  expect(texts['call.chat.line']).toBe('{name}, {time}')
})

test('minutes come in every Polish form', () => {
  const counted = countedOf(t, ['call.timeLeft'], 25)
  expect([0, 1, 2, 5, 22, 25].map((n) => counted['call.timeLeft'][n])).toEqual([
    'Zostało 0 minut.',
    'Została 1 minuta.',
    'Zostały 2 minuty.',
    'Zostało 5 minut.',
    'Zostały 22 minuty.',
    'Zostało 25 minut.',
  ])
})

test('the unplugged device is named, its replacement stays open', () => {
  expect(deviceGoneTexts(t)['call.deviceGone.camera']).toContain('kamerę')
  expect(deviceGoneTexts(t)['call.deviceGone.microphone']).toContain('{name}')
})

test('a name cannot end the script element', () => {
  const boot = { texts: {}, counted: {}, name: '</script><script>alert(1)</script>' }
  expect(bootJson(boot)).not.toContain('<')
  expect(JSON.parse(bootJson(boot))).toEqual(boot)
})
