import { fold } from './fold'

/** Where a file has its prefixes and branches. */
export interface AreaColumns {
  prefix: number
  branch: number
}

/** Names of columns as they are met, folded; the earlier a name, the surer it is. */
const prefixNames = [
  'prefix',
  'prefiks',
  'prefiks kodu',
  'poczatek kodu',
  'kod pocztowy',
  'kod poczt',
  'pna',
  'postal code',
  'postcode',
  'zip',
  'obszar',
  'kod',
]
const branchNames = [
  'branch code',
  'kod oddzialu',
  'oddzial kod',
  'symbol oddzialu',
  'branch',
  'oddzial',
  'jednostka',
  'placowka',
  'inspektorat',
  'nazwa oddzialu',
  'branch name',
  'nazwa',
]

const first = (head: readonly string[], names: readonly string[]): number => {
  const name = names.find((one) => head.includes(one))
  return name === undefined ? -1 : head.indexOf(name)
}

/** Finds both columns by the names in the first line, whatever their order and whatever else there is. */
export function areaColumns(
  cells: readonly string[],
): { ok: true; columns: AreaColumns } | { ok: false; reason: 'no_head' | 'head_twice' } {
  const head = cells.map(fold)
  const prefix = first(head, prefixNames)
  const branch = first(head, branchNames)
  if (prefix < 0 || branch < 0) return { ok: false, reason: 'no_head' }
  const isTwice = [prefix, branch].some((at) => head.indexOf(head[at] ?? '', at + 1) >= 0)
  return isTwice ? { ok: false, reason: 'head_twice' } : { ok: true, columns: { prefix, branch } }
}
