import type { StaffTextKey } from '../texts/catalogue'
import { mayAnywhere, type StaffAction } from '../staff/may'
import { retentionPath } from '../staff/staff-places'
import type { Staff } from '../staff/staff'

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
  { path: retentionPath, text: 'retention.title', hint: 'retention.hint', action: 'administer' },
]

export const settingsPlacesOf = (staff: Pick<Staff, 'role'>): readonly SettingsPlace[] =>
  settingsPlaces.filter(({ action }) => mayAnywhere(staff, action))
