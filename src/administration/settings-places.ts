import type { StaffTextKey } from '../texts/catalogue'
import { mayAnywhere, type StaffAction } from '../staff/may'
import { retentionPath } from '../staff/staff-places'
import type { Staff } from '../staff/staff'
import { areasPath } from './areas-addresses'
import { textsPath } from './texts-addresses'
import { backofficePath } from './backoffice-addresses'

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
  { path: areasPath, text: 'admin.areas.title', hint: 'admin.areas.hint', action: 'administer' },
  { path: textsPath, text: 'admin.texts.title', hint: 'admin.texts.hint', action: 'administer' },
  { path: retentionPath, text: 'retention.title', hint: 'retention.hint', action: 'administer' },
  { path: backofficePath, text: 'admin.outbox', hint: 'backoffice.hint', action: 'administer' },
]

export const settingsPlacesOf = (staff: Pick<Staff, 'role'>): readonly SettingsPlace[] =>
  settingsPlaces.filter(({ action }) => mayAnywhere(staff, action))
