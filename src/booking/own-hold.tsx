import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Branch, Directory, Topic } from '../institution/directory'
import { notFound } from '../platform/http/http-error'
import { sendPage } from '../platform/http/page'
import { type BookingServices, pageOf } from './booking-services'
import type { Hold, HoldStanding } from './hold'
import { ownerSecretOf } from './owner-secret'
import { holdGonePage } from './pages/hold-gone-page'
import type { Journey } from './pages/journey'
import { holdNotYoursPage } from './pages/message-pages'
import { linkTo } from './pages/page-context'
import { readHold } from './read-hold'
import { nearestTimes } from './read-times'

/** The hold of an address, opened by the browser that owns it. */
export interface OwnHold {
  hold: Hold
  standing: HoldStanding
  ownerSecret: string
  /** The choices it was made with; it is itself the earlier hold whose answers go along. */
  journey: Journey & { topic: Topic; branch: Branch }
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/**
 * Goes on with the browser's own hold while it stands. One that has become a visit leads to the confirmation,
 * one that is gone to the page with the nearest times (unless `evenWhenGone`), one of somebody else is refused.
 */
export const withOwnHold = async (
  services: BookingServices,
  request: FastifyRequest,
  reply: FastifyReply,
  goOn: (own: OwnHold) => unknown,
  { evenWhenGone = false } = {},
): Promise<unknown> => {
  const { directory } = services
  const page = pageOf(services, request)
  const own = await ownHold(services, request)
  if (!own) return sendPage(reply, holdNotYoursPage(page), 403)
  const { hold, standing } = own
  if (standing === 'booked') return reply.redirect(linkTo(page, `/rezerwacja/${hold.id}/potwierdzenie`), 303)
  const journey = journeyOf(directory, hold)
  if (!journey) throw notFound()
  if (standing !== 'held' && !evenWhenGone) {
    const nearest = await nearestTimes(services, hold)
    return sendPage(reply, holdGonePage(page, { hold, journey, standing, nearest }))
  }
  return goOn({ ...own, journey })
}

/** The hold of the address, if this browser owns it. */
export const ownHold = async (
  { db, clock, keys }: BookingServices,
  request: FastifyRequest,
): Promise<Omit<OwnHold, 'journey'> | undefined> => {
  const { hold: holdId } = request.params as { hold: string }
  const ownerSecret = ownerSecretOf(request)
  if (ownerSecret === undefined || !uuid.test(holdId)) return undefined
  const found = await readHold(db, { holdId, ownerSecret, now: clock.now(), keys })
  return found && { ...found, ownerSecret }
}

const journeyOf = (directory: Directory, hold: Hold): OwnHold['journey'] | undefined => {
  const topic = directory.topicById(hold.topicId)
  const branch = directory.branchById(hold.branchId)
  if (!topic || !branch) return undefined
  const { postalCode, country } = hold
  return {
    ...{ topic, branch, earlierHold: hold.id },
    ...{ postalCode: postalCode ?? undefined, country: country ?? undefined },
  }
}
