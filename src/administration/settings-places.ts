import type { StaffTextKey } from '../texts/catalogue'
import { branchesPath, certificatesPath, countriesPath, rulesPath, topicsPath } from './places-address'
import { replanningPath } from '../replanning/replanning-addresses'
import { mayAnywhere, mayEverywhere, type StaffAction } from '../staff/may'
import type { Staff } from '../staff/staff'
import { peoplePath } from './people-paths'
import { areasPath } from './areas-addresses'
import { textsPath } from './texts-addresses'
import { backofficePath, declarationPath, factsPath, retentionPath } from '../staff/staff-places'

/** A page under "Ustawienia": one thing of the institution that is changed rarely. */
export interface SettingsPlace {
  path: string
  text: StaffTextKey
  /** One line of what is done there. */
  hint: StaffTextKey
  action: StaffAction
  /** Part of it is open to who works for one branch. */
  alsoOneBranch?: true
}

/** In the order of the page. */
const settingsPlaces: readonly SettingsPlace[] = [
  { path: branchesPath, text: 'admin.branches', hint: 'places.branches.hint', action: 'administer' },
  { path: topicsPath, text: 'admin.topics', hint: 'places.topics.hint', action: 'administer' },
  { path: areasPath, text: 'admin.areas.title', hint: 'admin.areas.hint', action: 'administer' },
  { path: countriesPath, text: 'places.countries', hint: 'places.countries.hint', action: 'administer' },
  {
    path: certificatesPath,
    text: 'certificates.title',
    hint: 'certificates.hint',
    action: 'administer',
  },
  { path: rulesPath, text: 'places.rules', hint: 'places.rules.hint', action: 'administer' },
  { path: peoplePath, text: 'people.title', hint: 'people.hint', action: 'administer', alsoOneBranch: true },
  { path: textsPath, text: 'admin.texts.title', hint: 'admin.texts.hint', action: 'administer' },
  { path: retentionPath, text: 'retention.title', hint: 'retention.hint', action: 'administer' },
  { path: backofficePath, text: 'admin.outbox', hint: 'backoffice.hint', action: 'administer' },
  { path: factsPath, text: 'facts.title', hint: 'facts.lead', action: 'administer' },
  { path: declarationPath, text: 'declaration.title', hint: 'declaration.lead', action: 'administer' },
  { path: replanningPath, text: 'replan.title', hint: 'replan.hint', action: 'replan', alsoOneBranch: true },
]

export const settingsPlacesOf = (staff: Pick<Staff, 'role' | 'branchId'>): readonly SettingsPlace[] =>
  settingsPlaces.filter(({ action, alsoOneBranch }) =>
    alsoOneBranch ? mayAnywhere(staff, action) : mayEverywhere(staff, action),
  )
