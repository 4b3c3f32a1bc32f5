import { forgetOffers } from '../booking/offer-cache'
import { type ChangeEffect, previewChange, saveChange } from '../institution/schedule/change-schedule'
import type { Closure } from '../institution/schedule/schedule'
import type { ChangeRefusal, ScheduleChange } from '../institution/schedule/schedule-change'
import type { Bus } from '../platform/bus'
import type { Db } from '../platform/db'
import { may } from '../staff/may'
import type { Staff } from '../staff/staff'

export interface AbsenceTime {
  now: Date
  timeZone: string
}

/** Who reports, and that a desk or the branch is not there; `reason` is shown in the schedule. */
export interface AbsenceReport {
  staff: Staff
  branchId: number
  closure: Closure
  reason: string
}

export type AbsenceRefusal = ChangeRefusal | 'not_allowed'
type Answer = { ok: true; effect: ChangeEffect } | { ok: false; reason: AbsenceRefusal }

const changeOf = ({ closure, reason }: AbsenceReport): ScheduleChange => ({
  kind: 'closure_added',
  closure,
  reason,
})

/** Says which visits an absence would touch, and how many free times would vanish. */
export async function previewAbsence(db: Db, report: AbsenceReport, time: AbsenceTime): Promise<Answer> {
  if (!mayReport(report)) return { ok: false, reason: 'not_allowed' }
  return previewChange(db, changeOf(report), time)
}

/** Writes an absence down as it was previewed: its free times vanish, its visits wait for another time. */
export async function reportAbsence(
  db: Db,
  report: AbsenceReport,
  saving: AbsenceTime & { plan: string; bus: Bus },
): Promise<Answer | { ok: false; reason: 'other_effect'; effect: ChangeEffect }> {
  if (!mayReport(report)) return { ok: false, reason: 'not_allowed' }
  const saved = await saveChange(db, changeOf(report), { ...saving, staffId: report.staff.id })
  if (saved.ok) forgetOffers(db, report.branchId)
  return saved
}

const mayReport = ({ staff, branchId, closure }: AbsenceReport): boolean =>
  may(staff, 'replan', branchId) && closure.branchId === branchId

/** How often a take-back is tried anew because somebody booked or changed something meanwhile. */
const tries = 3

/**
 * Takes an absence back: its times are offered again, and visits that still stand on them have their desk again.
 * Visits that were moved meanwhile stay where they are.
 */
export async function takeBackAbsence(
  db: Db,
  { staff, branchId, closureId }: { staff: Staff; branchId: number; closureId: number },
  time: AbsenceTime & { bus: Bus },
): Promise<{ ok: boolean }> {
  if (!may(staff, 'replan', branchId)) return { ok: false }
  const change: ScheduleChange = { kind: 'closure_removed', closureId, branchId }
  for (let attempt = 1; attempt <= tries; attempt++) {
    const previewed = await previewChange(db, change, time)
    if (!previewed.ok) return { ok: false }
    const { plan } = previewed.effect
    const saved = await saveChange(db, change, { ...time, plan, staffId: staff.id })
    if (saved.ok) {
      forgetOffers(db, branchId)
      return { ok: true }
    }
    if (saved.reason !== 'other_effect') return { ok: false }
  }
  return { ok: false }
}
