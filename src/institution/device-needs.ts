import type { Language } from '../texts/catalogue'
import type { InstitutionSettings } from './institution-data'

/** What texts may say of the device that a client needs: names of their placeholders. */
export const deviceNeedNames = ['deviceWidth', 'deviceHeight', 'deviceMegabits'] as const

/** What the settings ask of a client's device, in words: no text asks for anything else. */
export const deviceNeeds = (
  { device: { width, height, megabits } }: Pick<InstitutionSettings, 'device'>,
  language: Language,
): Record<(typeof deviceNeedNames)[number], string> => ({
  deviceWidth: String(width),
  deviceHeight: String(height),
  deviceMegabits: new Intl.NumberFormat(language).format(megabits),
})
