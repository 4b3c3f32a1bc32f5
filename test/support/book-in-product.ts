import type { Answers } from '../../src/booking/answers'
import { type BookedVisit, bookVisit } from '../../src/booking/book-visit'
import { askedConsents } from '../../src/booking/consents'
import { holdSeat } from '../../src/booking/hold-seat'
import { saveAnswers } from '../../src/booking/save-answers'
import type { Services } from '../../src/main/services'
import { dayOf } from '../../src/platform/zone'
import { booked, held, somebody } from './world'

/** Books a visit in a product that runs, without its pages. */
export async function bookInProduct(
  services: Services,
  visit: { branch: string; topic: string; startsAt: Date; person?: Answers },
): Promise<BookedVisit & { person: Answers }> {
  const { db, clock, keys, directory, queue, bus } = services
  const { settings, timeZone } = directory.institution
  const person = visit.person ?? somebody()
  const parts = { now: clock.now(), keys, directory, queue, bus, settings }
  const ownerSecret = `owner of ${person.email}`
  const { id: holdId } = held(
    await holdSeat(db, {
      ...parts,
      branchId: directory.branchByCode(visit.branch)?.id ?? 0,
      topicId: directory.topicByCode(visit.topic)?.id ?? 0,
      startsAt: visit.startsAt,
      ownerSecret,
      language: 'pl',
      postalCode: null,
      country: null,
    }),
  )
  await saveAnswers(db, { ...parts, holdId, ownerSecret, answers: person })
  const consents = askedConsents(directory, person.guardian !== null, dayOf(parts.now, timeZone), 'required')
  return { ...booked(await bookVisit(db, { ...parts, holdId, ownerSecret, consents })), person }
}
