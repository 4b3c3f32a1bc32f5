import type { StaffTextKey } from '../texts/catalogue'
import { mayAnywhere, type StaffAction } from '../staff/may'
import type { Staff } from '../staff/staff'
import { declarationPath, factsPath } from '../staff/staff-places'

/** A page under "Ustawienia": one thing of the institution that is changed rarely. */
export interface SettingsPlace {
  path: string
  text: StaffTextKey
  /** One line of what is done there. */
  hint: StaffTextKey
  action: StaffAction
}

/** In the order of the page. */
const settingsPlaces: readonly SettingsPlace[] = [
  { path: factsPath, text: 'facts.title', hint: 'facts.lead', action: 'administer' },
  { path: declarationPath, text: 'declaration.title', hint: 'declaration.lead', action: 'administer' },
]

export const settingsPlacesOf = (staff: Pick<Staff, 'role'>): readonly SettingsPlace[] =>
  settingsPlaces.filter(({ action }) => mayAnywhere(staff, action))
