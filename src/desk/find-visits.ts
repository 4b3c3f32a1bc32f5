import { appendAudit } from '../audit/append-audit'
import { parseVisitNumber } from '../booking/visit-number'
import type { DeskVisit } from '../contract/desk-live'
import type { Db } from '../platform/db'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'
import { type DeskReading, readDeskVisitByNumber, readDeskVisits } from './desk-day'
import { nameMatches, searchWords } from './visit-search'

/** What is typed is a visit's number, or a name of at least so many letters. */
const fewestLetters = 2
const longestText = 100
const mostFound = 50
/** Names are sealed: a branch's visits are opened to be compared, so many days back and ahead. */
const daysAround = { back: 30, ahead: 90 }

export type FoundVisits =
  | { ok: true; visits: DeskVisit[]; more: boolean }
  | { ok: false; reason: 'not_allowed' | 'too_short' | 'too_long' }

/** Visits of the branch with this number, or whose client or guardian has this name; nearest day first. */
export async function findVisits(
  db: Db,
  { staff, branchId, text, ...reading }: DeskReading & { staff: Staff; branchId: number; text: string },
): Promise<FoundVisits> {
  if (!may(staff, 'see_day', branchId)) return { ok: false, reason: 'not_allowed' }
  if (text.length > longestText) return { ok: false, reason: 'too_long' }
  const wanted = searchWords(text)
  if (wanted.join('').length < fewestLetters) return { ok: false, reason: 'too_short' }

  const number = parseVisitNumber(text)
  const byNumber =
    number === undefined ? undefined : await readDeskVisitByNumber(db, { branchId, number, ...reading })
  const found = byNumber ? [byNumber] : await visitsByName(db, { branchId, wanted, ...reading })
  await appendAudit(db, {
    at: reading.now,
    actor: { kind: 'staff', staffId: staff.id },
    action: 'visit.searched',
    branchId,
    ...(byNumber && { subject: { kind: 'visit', id: byNumber.id } }),
    details: { by: byNumber ? 'number' : 'name', found: found.length },
  })
  return { ok: true, visits: found.slice(0, mostFound), more: found.length > mostFound }
}

async function visitsByName(
  db: Db,
  { branchId, wanted, ...reading }: DeskReading & { branchId: number; wanted: readonly string[] },
): Promise<DeskVisit[]> {
  const day = 86_400_000
  const now = reading.now.getTime()
  const visits = await readDeskVisits(db, {
    branchId,
    from: new Date(now - daysAround.back * day),
    to: new Date(now + daysAround.ahead * day),
    ...reading,
    only: ({ firstName, lastName, guardian }) =>
      nameMatches(wanted, `${firstName} ${lastName}`) ||
      (guardian !== null && nameMatches(wanted, `${guardian.firstName} ${guardian.lastName}`)),
  })
  const distance = ({ startsAt }: DeskVisit) => Math.abs(Date.parse(startsAt) - now)
  return visits.sort((one, other) => distance(one) - distance(other))
}
