import type { Areas } from './area-effect'
import { safeCsv } from './safe-csv'

/** The areas as a file that can be read in again; `nameOf` gives the name of a branch's code. */
export const areasCsv = (areas: Areas, nameOf: (code: string) => string): string =>
  safeCsv([
    ['prefix', 'kod_oddzialu', 'nazwa_oddzialu'],
    ...[...areas]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([prefix, code]) => [prefix, code, nameOf(code)]),
  ])
