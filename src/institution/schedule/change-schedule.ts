import { appendAudit } from '../../audit/append-audit'
import type { Bus } from '../../platform/bus'
import { type Db, inTransaction, type Tx } from '../../platform/db'
import { versionOf } from '../../platform/version-of'
import { addDays, type Day, dayOf, instantAt } from '../../platform/zone'
import { tellInstitutionChanged } from '../institution-changed'
import { type BranchEffect, countByBranch, type TouchedVisit } from './change-effect'
import { compareSeats, type ExistingSeat, type SeatChanges } from './compare-seats'
import { isOpenDuring, type Schedule } from './schedule'
import { branchOfChange, type ChangedPart, type ChangeRefusal, type ScheduleChange } from './schedule-change'
import {
  insertSeats,
  lockSchedule,
  lockSeats,
  readHorizon,
  readSchedule,
  readSeats,
  readVisitsOn,
  removeSeats,
  setWithdrawn,
} from './schedule-store'
import { type WantedSeat, wantedSeats } from './wanted-seats'
import { writeChange } from './write-change'

/** What a change of the schedule does to seats and visits. */
export interface ChangeEffect {
  branches: BranchEffect[]
  /** Booked visits whose desk is no longer open at their time, in order. They stand, and wait for another time. */
  touched: TouchedVisit[]
  /** Names exactly this change with exactly these touched visits: what is saved is what was previewed. */
  plan: string
}

interface ChangeTime {
  now: Date
  timeZone: string
}

export type Previewed = { ok: true; effect: ChangeEffect } | { ok: false; reason: ChangeRefusal }

/** Says what the change would do. It is made and taken back, so that it cannot differ from what saving does. */
export async function previewChange(db: Db, change: ScheduleChange, time: ChangeTime): Promise<Previewed> {
  return takenBack(db, async (tx) => {
    const planned = await plan(tx, change, time)
    return planned.ok ? { ok: true, effect: planned.effect } : planned
  })
}

export interface ChangeSaving extends ChangeTime {
  /** Of the preview that was agreed to. */
  plan: string
  staffId: number
  bus: Bus
}

export type Saved =
  | { ok: true; effect: ChangeEffect }
  | { ok: false; reason: ChangeRefusal }
  /** Since the preview somebody booked, or changed the schedule: this is what would happen now. */
  | { ok: false; reason: 'other_effect'; effect: ChangeEffect }

/**
 * Makes the change and lets the seats follow, in one transaction. Free seats at times that are no longer offered are
 * deleted. Taken ones stand: a booked one keeps its visit, which waits for another time, and a held one stays with
 * its holder until the hold runs out or becomes such a visit. The caller then forgets the offers of the branches.
 */
export async function saveChange(db: Db, change: ScheduleChange, saving: ChangeSaving): Promise<Saved> {
  return takenBack(db, async (tx, keep) => {
    const planned = await plan(tx, change, saving)
    if (!planned.ok) return planned
    const { effect, changes } = planned
    if (effect.plan !== saving.plan) return { ok: false, reason: 'other_effect', effect }
    await applyChanges(tx, changes, saving.now)
    await appendAudit(tx, auditFact(change, effect, saving))
    if (change.kind === 'branch' || change.kind === 'horizon') await tellInstitutionChanged(tx, saving.bus)
    keep()
    return { ok: true, effect }
  })
}

/** Runs the work in a transaction that is undone at its end, unless the work says that it is to be kept. */
async function takenBack<Result>(
  db: Db,
  work: (tx: Tx, keep: () => void) => Promise<Result>,
): Promise<Result> {
  const undone = new Error('The transaction is undone')
  let result: { value: Result } | undefined
  try {
    await inTransaction(db, async (tx) => {
      const keeping = { isKept: false }
      result = { value: await work(tx, () => (keeping.isKept = true)) }
      if (!keeping.isKept) throw undone
    })
  } catch (error) {
    if (error !== undone) throw error
  }
  if (!result) throw new Error('A transaction that neither failed nor gave anything')
  return result.value
}

type Planned = { ok: true; effect: ChangeEffect; changes: SeatChanges } | { ok: false; reason: ChangeRefusal }

async function plan(tx: Tx, change: ScheduleChange, { now, timeZone }: ChangeTime): Promise<Planned> {
  await lockSchedule(tx)
  const today = dayOf(now, timeZone)
  const written = await writeChange(tx, change, { today, timeZone })
  if (!written.ok) return written
  const { part } = written
  const schedule = await readSchedule(tx, part, timeZone)
  const { horizonDays } = await readHorizon(tx)
  const wanted = wantedOf(schedule, part, { today, horizonDays })
  const ahead = wanted.filter(({ startsAt }) => startsAt > now)
  const changes = await compareLocked(tx, { schedule, part, ahead, now })
  const touched = await readVisitsOn(tx, bookedOf(changes.withdraw))
  const visits = touched.map(({ id }) => id)
  // Desks by their place: a desk that the change adds has another id each time it is made
  const places = new Map(schedule.desks.map(({ id }, place) => [id, place]))
  const seats = wanted.map(({ deskId, startsAt, endsAt }) => [places.get(deskId), +startsAt, +endsAt])
  return {
    ok: true,
    changes,
    effect: {
      branches: countByBranch(changes),
      touched,
      plan: versionOf([change, versionOf(seats), visits]),
    },
  }
}

const bookedOf = (seats: readonly ExistingSeat[]) =>
  seats.filter(({ state }) => state === 'booked').map(({ id }) => id)

function wantedOf(
  schedule: Schedule,
  { first, last }: ChangedPart,
  { today, horizonDays }: { today: Day; horizonDays: number },
): WantedSeat[] {
  const end = addDays(today, horizonDays - 1)
  return wantedSeats(schedule, first < today ? today : first, last === null || last > end ? end : last)
}

/**
 * Compares, locks what is to change, and compares again: somebody may have taken or freed one of these seats
 * meanwhile. Seats that do not change may be taken meanwhile, which changes nothing about them here.
 */
async function compareLocked(
  tx: Tx,
  { schedule, part, ahead, now }: { schedule: Schedule; part: ChangedPart; ahead: WantedSeat[]; now: Date },
): Promise<SeatChanges> {
  const { timeZone } = schedule
  const seats = await readSeats(tx, {
    ...part,
    after: now,
    from: instantAt(part.first, '00:00', timeZone),
    until: part.last === null ? null : instantAt(part.last, '24:00', timeZone),
  })
  const desks = new Map(schedule.desks.map((desk) => [desk.id, desk]))
  const isOpen = (seat: ExistingSeat) => {
    const desk = desks.get(seat.deskId)
    return desk !== undefined && isOpenDuring(schedule, desk, seat)
  }
  const { remove, withdraw, restore } = compareSeats(ahead, seats, isOpen)
  const states = await lockSeats(
    tx,
    [...remove, ...withdraw, ...restore].map(({ id }) => id),
    now,
  )
  const current = seats.map((seat) => ({ ...seat, state: states.get(seat.id) ?? seat.state }))
  return compareSeats(ahead, current, isOpen)
}

async function applyChanges(
  tx: Tx,
  { add, remove, withdraw, restore }: SeatChanges,
  now: Date,
): Promise<void> {
  const idsOf = (seats: readonly ExistingSeat[]) => seats.map(({ id }) => id)
  await removeSeats(tx, idsOf(remove), now)
  await setWithdrawn(tx, idsOf(withdraw), now)
  await setWithdrawn(tx, idsOf(restore), null)
  await insertSeats(tx, add)
}

function auditFact(
  change: ScheduleChange,
  { branches, touched }: ChangeEffect,
  { now, staffId }: ChangeSaving,
): Parameters<typeof appendAudit>[1] {
  const branchId = branchOfChange(change)
  const sum = (count: (branch: BranchEffect) => number) =>
    branches.reduce((total, branch) => total + count(branch), 0)
  const deskId = change.kind === 'window' ? change.desk.id : change.kind === 'desk' ? change.deskId : null
  return {
    at: now,
    actor: { kind: 'staff', staffId },
    action: 'schedule.changed',
    ...(branchId !== null && { subject: { kind: 'branch', id: String(branchId) }, branchId }),
    details: {
      kind: change.kind,
      desk: deskId,
      ...('active' in change && { active: change.active }),
      ...('days' in change && { days: change.days }),
      appear: sum(({ appear }) => appear),
      vanish: sum(({ vanish }) => vanish),
      touched: touched.length,
      restored: sum(({ restored }) => restored),
    },
  }
}
