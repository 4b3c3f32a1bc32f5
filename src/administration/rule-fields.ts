import { type EditedSettings, editedSettingsSchema } from '../institution/edit-settings'
import type { StaffTextKey } from '../texts/catalogue'
import { clockTimeOf, textOf, type Typed } from './typed'

const { shape } = editedSettingsSchema
const delay = shape.freedSeatDelaySeconds.shape
const device = shape.device.shape

interface NumberRule {
  label: StaffTextKey
  /** Of the setting, as the schema names it. */
  place: string
  bounds: { minValue: number | null; maxValue: number | null }
  valueIn: (settings: EditedSettings) => number
}

const rule = (
  label: StaffTextKey,
  place: string,
  bounds: NumberRule['bounds'],
  valueIn: NumberRule['valueIn'],
): NumberRule => ({ label, place, bounds, valueIn })

/** A rule that stands in the settings as it is. */
const plain = (
  label: StaffTextKey,
  name: {
    [Name in keyof EditedSettings]: EditedSettings[Name] extends number ? Name : never
  }[keyof EditedSettings],
): NumberRule => rule(label, name, shape[name], (settings) => settings[name])

/** The rules that are a number, by the name of their field. */
export const numberRules = {
  przetrzymanie: plain('places.rules.hold', 'holdMinutes'),
  wyprzedzenie: plain('places.rules.notice', 'minimumNoticeMinutes'),
  'wizyty-osoby': plain('places.rules.perPerson', 'activeVisitsPerPerson'),
  'wizyty-tematu': plain('places.rules.perTopic', 'activeVisitsPerTopic'),
  'zwrot-od': rule('places.rules.freed.min', 'freedSeatDelaySeconds.min', delay.min, (settings) => {
    return settings.freedSeatDelaySeconds.min
  }),
  'zwrot-do': rule('places.rules.freed.max', 'freedSeatDelaySeconds.max', delay.max, (settings) => {
    return settings.freedSeatDelaySeconds.max
  }),
  'czas-wizyty': plain('places.rules.visitMinutes', 'visitMinutes'),
  odstep: plain('places.rules.bufferMinutes', 'bufferMinutes'),
  wejscie: plain('places.rules.openBefore', 'openBeforeMinutes'),
  'przypomnienie-email': plain('places.rules.email', 'reminderEmailMinutesBefore'),
  szerokosc: rule('places.rules.device.width', 'device.width', device.width, (settings) => {
    return settings.device.width
  }),
  wysokosc: rule('places.rules.device.height', 'device.height', device.height, (settings) => {
    return settings.device.height
  }),
  lacze: rule('places.rules.device.megabits', 'device.megabits', device.megabits, (settings) => {
    return settings.device.megabits
  }),
} as const satisfies Record<string, NumberRule>
export type NumberField = keyof typeof numberRules

/** A number as it is written here: 2,5. */
export const numberWords = (value: number): string => String(value).replace('.', ',')

/** '2', '2,5' or '2.5' as a number; undefined for what is none. */
const numberIn = (typed: Typed, field: NumberField): number | undefined => {
  const text = textOf(typed, field)
  return /^\d{1,6}([,.]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : undefined
}

/** What a form begins with. */
export const rulesAsTyped = (settings: EditedSettings): Typed => ({
  ...Object.fromEntries(
    Object.entries(numberRules).map(([field, { valueIn }]) => [field, numberWords(valueIn(settings))]),
  ),
  'przypomnienie-sms': settings.reminderSms.at.replace(/^0/, ''),
  dane: settings.privacyConsent,
  'zgoda-na-nagranie': settings.recordingConsent,
  'przerwa-nagrania': settings.recordingPausedForDocument ? 'tak' : '',
  'bez-nagrania': settings.recordingMayBeMissing ? 'tak' : '',
  pobieranie: settings.recordingDownload ? 'tak' : '',
})

export interface RuleMistake {
  field: string
  key: 'places.error.freed' | 'plan.error.time' | 'places.error.choice' | 'places.error.number'
  /** Of a number that is not within its bounds. */
  rule?: NumberRule
}

/** What was typed, or everything that is wrong with it. */
export function readRules(
  typed: Typed,
): { ok: true; changes: EditedSettings } | { ok: false; mistakes: RuleMistake[] } {
  const number = (field: NumberField) => numberIn(typed, field)
  const isTicked = (field: string) => textOf(typed, field) !== ''
  const parsed = editedSettingsSchema.safeParse({
    holdMinutes: number('przetrzymanie'),
    minimumNoticeMinutes: number('wyprzedzenie'),
    activeVisitsPerPerson: number('wizyty-osoby'),
    activeVisitsPerTopic: number('wizyty-tematu'),
    freedSeatDelaySeconds: { min: number('zwrot-od'), max: number('zwrot-do') },
    visitMinutes: number('czas-wizyty'),
    bufferMinutes: number('odstep'),
    openBeforeMinutes: number('wejscie'),
    // The text of the reminder says "tomorrow"
    reminderSms: { daysBefore: 1, at: clockTimeOf(textOf(typed, 'przypomnienie-sms')) },
    reminderEmailMinutesBefore: number('przypomnienie-email'),
    privacyConsent: textOf(typed, 'dane'),
    recordingConsent: textOf(typed, 'zgoda-na-nagranie'),
    recordingPausedForDocument: isTicked('przerwa-nagrania'),
    recordingMayBeMissing: isTicked('bez-nagrania'),
    recordingDownload: isTicked('pobieranie'),
    device: { width: number('szerokosc'), height: number('wysokosc'), megabits: number('lacze') },
  })
  return parsed.success
    ? { ok: true, changes: parsed.data }
    : { ok: false, mistakes: parsed.error.issues.map(({ path }) => mistakeAt(path.join('.'))) }
}

const otherMistakes: Readonly<Record<string, RuleMistake>> = {
  freedSeatDelaySeconds: { field: 'zwrot-do', key: 'places.error.freed' },
  'reminderSms.at': { field: 'przypomnienie-sms', key: 'plan.error.time' },
  privacyConsent: { field: 'dane', key: 'places.error.choice' },
  recordingConsent: { field: 'zgoda-na-nagranie', key: 'places.error.choice' },
}

function mistakeAt(place: string): RuleMistake {
  const found = Object.entries(numberRules).find(([, known]) => known.place === place)
  if (found) return { field: found[0], key: 'places.error.number', rule: found[1] }
  const other = otherMistakes[place]
  if (!other) throw new Error(`No field of the rules is about ${place}`)
  return other
}
