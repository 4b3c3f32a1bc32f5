import { settingsPath } from '../staff/staff-places'

/** Pages on which the institution changes what it shows of itself. */
export const factsPath = `${settingsPath}/instytucja`
export const declarationPath = `${settingsPath}/dostepnosc`
