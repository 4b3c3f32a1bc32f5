import type { Branch } from '../institution/directory'
import type { Day } from '../platform/zone'
import { planPath } from '../staff/staff-places'

/** The week of a branch, with what is edited beside it. */
export const planAddress = (
  branch: Pick<Branch, 'code'>,
  week: Day,
  more: Readonly<Record<string, string | undefined>> = {},
): string => {
  const query = new URLSearchParams({ oddzial: branch.code, tydzien: week })
  for (const [name, value] of Object.entries(more)) if (value !== undefined) query.set(name, value)
  return `${planPath}?${query.toString()}`
}

export const windowFormPath = `${planPath}/okno`
export const deskFormPath = `${planPath}/stanowisko`
export const deskStatePath = `${planPath}/stanowisko/stan`
export const closuresPath = `${planPath}/wolne`
export const closureRemovalPath = `${closuresPath}/usun`

export const closuresAddress = (branch: Pick<Branch, 'code'>, more: Record<string, string> = {}): string =>
  `${closuresPath}?${new URLSearchParams({ oddzial: branch.code, ...more }).toString()}`
