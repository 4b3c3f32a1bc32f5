import type { FastifyReply } from 'fastify'
import type { ChangeRefusal, ScheduleChange } from '../institution/schedule/schedule-change'

/** A change of the schedule that a form asks for, with its words. */
export interface AskedChange {
  change: ScheduleChange
  title: string
  /** The change in words, a line each. */
  says: readonly string[]
  /** Where the person comes from, and goes when it is saved. */
  back: string
  /** Answers a refusal instead of a page that names it. */
  onRefusal?: (reason: ChangeRefusal) => Promise<FastifyReply> | undefined
}
