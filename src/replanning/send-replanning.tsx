import { randomUUID } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { sendPage } from '../platform/http/page'
import { sendNotAllowed, staffPageOf } from '../staff/staff-page'
import { typedAbsence } from './absence-fields'
import { replanningPage } from './pages/replanning-page'
import { readReplanning } from './read-replanning'
import { branchesOf, type ReplanningServices } from './replanning-services'
import { type AbsenceStanding, readShownAbsence } from './shown-absence'
import { countTouched } from './touched-store'

/**
 * The page of a branch; of the first one where there is something to do when none is named. Fields say what was
 * typed of an absence, `state` what came of it when that is known.
 */
export async function sendReplanning(
  services: ReplanningServices,
  request: FastifyRequest,
  reply: FastifyReply,
  { fields, state }: { fields: Readonly<Record<string, unknown>>; state?: AbsenceStanding },
): Promise<FastifyReply> {
  const { db, clock, directory } = services
  const { staff } = request
  const branches = branchesOf(services, request)
  const now = clock.now()
  const counts = await countTouched(db, { branchIds: branches.map(({ id }) => id), now })
  const code = fields['oddzial']
  const first = branches.find(({ id }) => counts.get(id)?.toDecide) ?? branches[0]
  const branch = code === undefined ? first : branches.find((one) => one.code === code)
  if (!branch) return sendNotAllowed(services, request, reply)
  const absence = await readShownAbsence(services, { staff, branch, typed: typedAbsence(fields), state })
  const page = replanningPage(staffPageOf(services, request), {
    ...(await readReplanning(db, { ...services, staff, branch, now })),
    ...{ branch, branches, counts, absence, now },
    timeZone: directory.institution.timeZone,
    runId: randomUUID(),
    wasSentBefore: fields['wynik'] === 'powtorzony',
  })
  return sendPage(reply, page, statusOf(absence.state))
}

const statusOf = (state: AbsenceStanding): number => {
  if (state.step === 'mistake') return 422
  return state.step === 'refused' || (state.step === 'preview' && state.isOther) ? 409 : 200
}
