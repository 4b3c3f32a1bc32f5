import type { ChangeEffect } from '../institution/schedule/change-schedule'
import type { StoredClosure } from '../institution/schedule/schedule-store'
import type { Branch } from '../institution/directory'
import type { StaffTranslator } from '../platform/i18n/translator'
import { type Day, dayOf } from '../platform/zone'
import type { Staff } from '../staff/staff'
import { type AbsenceMistake, readAbsence, type TypedAbsence } from './absence-fields'
import { readAbsences, readDesks } from './absence-store'
import type { ReplanningServices } from './replanning-services'
import { type AbsenceRefusal, type AbsenceReport, previewAbsence } from './report-absence'

/** What came of what was typed. */
export type AbsenceStanding =
  | { step: 'typing' }
  | { step: 'mistake'; mistake: AbsenceMistake }
  | { step: 'refused'; reason: AbsenceRefusal }
  /** `isOther`: since an earlier preview somebody booked, or changed the schedule. */
  | { step: 'preview'; effect: ChangeEffect; isOther: boolean }

export interface ShownAbsence {
  desks: readonly { id: number; name: string }[]
  /** Closures of the branch and its desks that are not over. */
  standing: readonly StoredClosure[]
  typed: TypedAbsence
  state: AbsenceStanding
  today: Day
}

/** The absence that was typed, as its report; what is shown in the schedule are our words. */
export async function readReport(
  { db, clock, directory, staffTexts }: ReplanningServices,
  { staff, branch, typed }: { staff: Staff; branch: Branch; typed: TypedAbsence },
): Promise<{ ok: true; report: AbsenceReport } | { ok: false; mistake: AbsenceMistake }> {
  const deskIds = (await readDesks(db, branch.id)).map(({ id }) => id)
  const today = dayOf(clock.now(), directory.institution.timeZone)
  const read = readAbsence(typed, { branchId: branch.id, deskIds, today })
  if (!read.ok) return read
  const { closure } = read
  return { ok: true, report: { staff, branchId: branch.id, closure, reason: reasonOf(closure, staffTexts) } }
}

const reasonOf = ({ deskId }: { deskId: number | null }, { t }: StaffTranslator): string =>
  t(deskId === null ? 'replan.absence.reason.branch' : 'replan.absence.reason.desk')

/** What the page shows of absences: those that stand, and a preview of what is typed. */
export async function readShownAbsence(
  services: ReplanningServices,
  asked: { staff: Staff; branch: Branch; typed: TypedAbsence; state: AbsenceStanding | undefined },
): Promise<ShownAbsence> {
  const { db, clock, directory } = services
  const { timeZone } = directory.institution
  const today = dayOf(clock.now(), timeZone)
  return {
    desks: await readDesks(db, asked.branch.id),
    standing: await readAbsences(db, { branchId: asked.branch.id, today }),
    typed: asked.typed,
    state: asked.state ?? (await previewTyped(services, asked)),
    today,
  }
}

async function previewTyped(
  services: ReplanningServices,
  asked: { staff: Staff; branch: Branch; typed: TypedAbsence },
): Promise<AbsenceStanding> {
  if (Object.values(asked.typed).every((value) => value === '')) return { step: 'typing' }
  const read = await readReport(services, asked)
  if (!read.ok) return { step: 'mistake', mistake: read.mistake }
  const { clock, directory } = services
  const time = { now: clock.now(), timeZone: directory.institution.timeZone }
  const previewed = await previewAbsence(services.db, read.report, time)
  return previewed.ok
    ? { step: 'preview', effect: previewed.effect, isOther: false }
    : { step: 'refused', reason: previewed.reason }
}
