import type { FastifyReply, FastifyRequest } from 'fastify'
import { forgetOffers } from '../booking/offer-cache'
import { type ChangeEffect, previewChange, saveChange } from '../institution/schedule/change-schedule'
import {
  branchOfChange,
  type ChangeRefusal,
  type ScheduleChange,
} from '../institution/schedule/schedule-change'
import { sendPage } from '../platform/http/page'
import { may, mayEverywhere } from '../staff/may'
import type { Staff } from '../staff/staff'
import { sendNotAllowed, sendStaffMessage, staffPageOf } from '../staff/staff-page'
import type { StaffTextKey } from '../texts/catalogue'
import type { AdministrationServices } from './administration-services'
import type { AskedChange } from './asked-change'
import { changePage } from './pages/change-page'
import { textOf, typedIn } from './typed'

/** Changes that only who administers the institution makes, also at one branch. */
const administratorsOnly: readonly ScheduleChange['kind'][] = ['branch', 'desks_copied', 'horizon']

/** Whether the person may make the change: of their branch, or, as an administrator, any. */
export function mayChange(staff: Staff, change: ScheduleChange): boolean {
  const branchId = branchOfChange(change)
  if (branchId === null) return mayEverywhere(staff, 'administer')
  if (administratorsOnly.includes(change.kind)) return may(staff, 'administer', branchId)
  return may(staff, 'plan_times', branchId)
}

const conflict = 409

export const refusalTexts = {
  unknown: 'plan.refused.unknown',
  changed: 'plan.refused.changed',
  overlaps: 'plan.refused.overlaps',
  in_past: 'plan.error.past',
  exists: 'plan.refused.exists',
} as const satisfies Record<ChangeRefusal, StaffTextKey>

/**
 * Answers a form that changes the schedule: first with a page that says what would happen, and once that page is
 * agreed to (the form comes back with its plan) by making the change.
 */
export async function answerChange(
  services: AdministrationServices,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: AskedChange,
): Promise<FastifyReply> {
  const { db, bus, clock, directory, staffTexts } = services
  const { change, back, onRefusal } = asked
  if (!mayChange(request.staff, change)) return sendNotAllowed(services, request, reply)
  const time = { now: clock.now(), timeZone: directory.institution.timeZone }
  const refuse = (reason: ChangeRefusal) =>
    onRefusal?.(reason) ??
    sendStaffMessage(services, request, reply, {
      ...{ reason, back, status: conflict },
      message: staffTexts.t(refusalTexts[reason]),
    })
  const show = (effect: ChangeEffect, isOther: boolean) =>
    sendPage(
      reply,
      changePage(staffPageOf(services, request), {
        ...{ asked, effect, isOther, timeZone: time.timeZone },
        branches: directory.branches,
        topics: directory.topics,
        action: request.url,
        fields: typedIn(request.body),
      }),
      isOther ? conflict : 200,
    )

  const plan = textOf(typedIn(request.body), 'plan')
  if (plan === '') {
    const preview = await previewChange(db, change, time)
    return preview.ok ? show(preview.effect, false) : refuse(preview.reason)
  }
  const saved = await saveChange(db, change, { ...time, plan, staffId: request.staff.id, bus })
  if (!saved.ok) return saved.reason === 'other_effect' ? show(saved.effect, true) : refuse(saved.reason)
  await directory.refresh()
  for (const { branchId } of saved.effect.branches) forgetOffers(db, branchId)
  const mark = back.includes('?') ? '&' : '?'
  return reply.redirect(`${back}${mark}zapisano=tak`, 303)
}
