import { randomUUID } from 'node:crypto'
import type { Decision } from '../../src/replanning/run-store'
import { startRun } from '../../src/replanning/start-run'
import { undoRun } from '../../src/replanning/undo-run'
import type { Staff } from '../../src/staff/staff'
import { addStaff } from './visit-server'
import { granted, type World } from './world'

/** Short ways to what tests of visits that lost their desk need. */
export interface Replanning {
  staff: Staff
  parts(): { random: () => number } & Pick<World, 'clock' | 'keys' | 'queue' | 'bus'> & {
      settings: World['directory']['institution']['settings']
      timeZone: string
    }
  /** Takes the desks of these visits away at their times, as a change of the schedule does. */
  lose(...visitIds: string[]): Promise<void>
  /** The free seat of the topic's desks at this time. */
  freeSeat(startsAt: Date, topic?: string): Promise<number>
  run(decisions: readonly Decision[], runId?: string): Promise<{ runId: string; again: boolean }>
  undo(runId: string): Promise<void>
  /** What became of a run's decisions, in the order of the visits' times. */
  outcomes(runId: string): Promise<{ state: string; reason: string | null }[]>
}

export async function replanningIn(world: World): Promise<Replanning> {
  const { db, clock, keys, queue, bus, branch, directory } = world
  const { id, email, name } = await addStaff(world, { role: 'supervisor' })
  const staff: Staff = { id, email, name, role: 'supervisor', branchId: branch.id, topicIds: [] }
  const { settings, timeZone } = directory.institution
  const parts = () => ({ clock, keys, queue, bus, settings, timeZone, random: () => 0 })
  return {
    staff,
    parts,
    lose: async (...visitIds) => {
      await world.query(
        'update seat set withdrawn_at = $1 where id in (select seat_id from visit where id = any($2))',
        [clock.now(), visitIds],
      )
      await world.query(
        `insert into closure (branch_id, desk_id, first_day, last_day, starts, ends, reason)
         select seat.branch_id, desk_id, day, day, seat.starts_at at time zone $2, seat.ends_at at time zone $2, 'szkolenie'
         from visit join seat on seat.id = seat_id cross join lateral (select (seat.starts_at at time zone $2)::date as day) as its
         where visit.id = any($1)`,
        [visitIds, timeZone],
      )
    },
    freeSeat: async (startsAt, topic = 'benefits') => {
      const [seat] = await world.query<{ id: number }>(
        `select seat.id from seat join desk_topic using (desk_id)
         where branch_id = $1 and topic_id = $2 and starts_at = $3 and state = 'free' and withdrawn_at is null`,
        [branch.id, world.topic(topic).id, startsAt],
      )
      if (!seat) throw new Error('There is no such seat')
      return seat.id
    },
    run: async (decisions, runId = randomUUID()) => {
      const { again } = granted(await startRun(db, { runId, branchId: branch.id, staff, decisions }, parts()))
      return { runId, again }
    },
    undo: async (runId) => {
      granted(await undoRun(db, { runId, staff }, parts()))
    },
    outcomes: (runId) =>
      world.query(
        `select decision.state, decision.reason from replan_decision decision join visit on visit.id = visit_id
         where run_id = $1 order by from_starts_at, visit_id`,
        [runId],
      ),
  }
}
