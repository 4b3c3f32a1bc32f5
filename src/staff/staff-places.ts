import type { IconName } from '../ui/icons'
import type { StaffTextKey } from '../texts/catalogue'
import { mayAnywhere, type StaffAction } from './may'
import type { Staff } from './staff'

export const dayPath = '/pracownik/dzien'
export const operationsPath = '/pracownik/stan'
export const personPath = '/pracownik/dane-osob'
export const messagesPath = '/pracownik/wiadomosci'
export const planPath = '/pracownik/grafik'
export const statisticsPath = '/pracownik/statystyki'
export const auditPath = '/pracownik/dziennik'
export const settingsPath = '/pracownik/ustawienia'
/** Where the institution changes what it shows of itself. */
export const factsPath = `${settingsPath}/instytucja`
export const declarationPath = `${settingsPath}/dostepnosc`
export const backofficePath = `${settingsPath}/przekazania`
export const retentionPath = `${settingsPath}/przechowywanie`

interface StaffPlaceRow {
  name: string
  path: string
  text: StaffTextKey
  icon: IconName
  /** Who may do this somewhere sees the place. */
  action: StaffAction
}

/** The places of the rail, in its order. */
export const staffPlaces = [
  { name: 'day', path: dayPath, text: 'desk.nav.today', icon: 'calendar', action: 'see_day' },
  { name: 'visits', path: '/pracownik/wizyty', text: 'desk.nav.visits', icon: 'search', action: 'see_day' },
  {
    name: 'recordings',
    path: '/pracownik/nagrania',
    text: 'desk.nav.recordings',
    icon: 'recording',
    action: 'watch_recording',
  },
  { name: 'plan', path: planPath, text: 'plan.title', icon: 'table', action: 'plan_times' },
  {
    name: 'statistics',
    path: statisticsPath,
    text: 'desk.nav.statistics',
    icon: 'chart',
    action: 'see_statistics',
  },
  { name: 'messages', path: messagesPath, text: 'desk.nav.messages', icon: 'mail', action: 'see_messages' },
  { name: 'audit', path: auditPath, text: 'desk.nav.audit', icon: 'table', action: 'see_audit' },
  { name: 'person', path: personPath, text: 'person.title', icon: 'people', action: 'see_person' },
  { name: 'operations', path: operationsPath, text: 'ops.title', icon: 'signal', action: 'see_operations' },
  { name: 'settings', path: settingsPath, text: 'desk.nav.settings', icon: 'settings', action: 'administer' },
] as const satisfies readonly StaffPlaceRow[]

export type StaffPlaceName = (typeof staffPlaces)[number]['name']

/** Where people begin, in this order: what their work of the day is. */
const homes: readonly StaffPlaceName[] = ['day', 'operations', 'recordings']

/** Where a person begins: the first of these that is open to them. */
export const homeOf = (staff: Pick<Staff, 'role'>): string =>
  homes
    .flatMap((home) => staffPlaces.filter(({ name }) => name === home))
    .find(({ action }) => mayAnywhere(staff, action))?.path ?? dayPath
