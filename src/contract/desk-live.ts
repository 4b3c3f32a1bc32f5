import { z } from 'zod'
import { deviceVerdicts } from './device-check'
import { visitStates } from './visit-state'

/** One visit as the officer's list shows it. */
export const deskVisit = z.object({
  id: z.uuid(),
  number: z.string(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  topic: z.string(),
  topicId: z.number().int(),
  client: z.string(),
  guardian: z.string().nullable(),
  language: z.string(),
  recordingConsent: z.boolean(),
  /** What the client's device check found last; null when there was none. */
  device: z.object({ verdict: z.enum(deviceVerdicts), remarks: z.array(z.string()) }).nullable(),
  state: z.enum(visitStates),
  reason: z.string().nullable(),
  /** The client's page is open and connected right now. */
  clientPresent: z.boolean(),
  waitingSince: z.iso.datetime().nullable(),
  startedAt: z.iso.datetime().nullable(),
  officerId: z.number().int().nullable(),
  officer: z.string().nullable(),
})
export type DeskVisit = z.infer<typeof deskVisit>

/** From the server to the officer's day page. */
export const deskNotice = z.discriminatedUnion('type', [
  z.object({ type: z.literal('day'), now: z.iso.datetime(), visits: z.array(deskVisit) }),
  z.object({ type: z.literal('visit'), now: z.iso.datetime(), visit: deskVisit }),
])
export type DeskNotice = z.infer<typeof deskNotice>
