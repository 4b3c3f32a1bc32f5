import { auditActions } from '../../audit/audit-action'
import type { EntryKey } from '../../audit/find-entries'
import { parseVisitNumber } from '../../booking/visit-number'
import type { Branch } from '../../institution/directory'
import { type Day, isDay } from '../../platform/zone'

const names = ['osoba', 'co', 'wizyta', 'oddzial', 'od', 'do'] as const
export type TypedFilter = Record<(typeof names)[number], string>

/** `osoba` of those who are nobody of the staff. */
export const otherActors = { klient: 'client', system: 'system' } as const

export interface AuditFilter {
  actor: { kind: 'client' | 'system' } | { kind: 'staff'; staffId: number } | null
  action: string | null
  number: string | null
  branchId: number | null
  from: Day | null
  to: Day | null
}

export interface ReadAuditFilter {
  typed: TypedFilter
  filter: AuditFilter
  after: EntryKey | null
  error: 'number' | 'day' | null
}

/** The filter of an address or form; undefined when it names what this person cannot choose. */
export function readAuditFilter(sent: unknown, branches: readonly Branch[]): ReadAuditFilter | undefined {
  const given = (sent ?? {}) as Record<string, unknown>
  const textIn = (name: string) => {
    const value = given[name]
    return typeof value === 'string' ? value.trim().slice(0, 100) : ''
  }
  const typed = Object.fromEntries(names.map((name) => [name, textIn(name)])) as TypedFilter
  const actor = readActor(typed.osoba)
  const action = auditActions.find((one) => one === typed.co)
  const branch = branches.find(({ code }) => code === typed.oddzial)
  const after = readKey(textIn('przed'))
  if (actor === undefined || after === undefined) return undefined
  if ((typed.co !== '' && !action) || (typed.oddzial !== '' && !branch)) return undefined

  const number = typed.wizyta === '' ? null : (parseVisitNumber(typed.wizyta) ?? null)
  const error = typed.wizyta !== '' && number === null ? 'number' : dayError(typed) ? 'day' : null
  const day = (text: string) => (isDay(text) ? text : null)
  return {
    typed,
    filter: {
      actor,
      action: action ?? null,
      number,
      branchId: branch?.id ?? null,
      from: day(typed.od),
      to: day(typed.do),
    },
    after,
    error,
  }
}

const dayError = ({ od, do: to }: TypedFilter): boolean =>
  (od !== '' && !isDay(od)) || (to !== '' && !isDay(to)) || (od !== '' && to !== '' && to < od)

function readActor(text: string): AuditFilter['actor'] | undefined {
  if (text === '') return null
  if (text === 'klient' || text === 'system') return { kind: otherActors[text] }
  return /^[1-9]\d{0,8}$/.test(text) ? { kind: 'staff', staffId: Number(text) } : undefined
}

/** '1798531200000-17': milliseconds and id. */
function readKey(text: string): EntryKey | null | undefined {
  if (text === '') return null
  const parts = /^(\d{1,15})-(\d{1,15})$/.exec(text)
  return parts ? { at: new Date(Number(parts[1])), id: Number(parts[2]) } : undefined
}

/** The query that leads to these entries again, behind a key. */
export function auditQuery(typed: TypedFilter, after?: EntryKey): string {
  const query = new URLSearchParams(Object.entries(typed).filter(([, value]) => value !== ''))
  if (after) query.set('przed', `${after.at.getTime()}-${after.id}`)
  return query.toString()
}
