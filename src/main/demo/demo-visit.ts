import { randomBytes, randomUUID } from 'node:crypto'
import { bookVisit, type BookedVisit } from '../../booking/book-visit'
import { askedConsents } from '../../booking/consents'
import { ownerHash } from '../../booking/hold'
import { saveAnswers } from '../../booking/save-answers'
import type { Directory } from '../../institution/directory'
import type { MessageQueue } from '../../message/queue-messages'
import type { Bus } from '../../platform/bus'
import { type Db, inTransaction, type Tx } from '../../platform/db'
import type { Keys } from '../../platform/keys'
import { dayOf } from '../../platform/zone'
import { addInstantDesk, instantDeskPrefix, sampleBranch } from './sample-branch'

interface Parts {
  db: Db
  keys: Keys
  directory: Directory
  queue: MessageQueue
  bus: Bus
  now: Date
}

/**
 * A visit at the demonstration branch that starts this minute, booked by the ordinary use case: the one of
 * an earlier start while it can still be joined, else a new one.
 */
export async function visitThatStartsNow(
  parts: Parts,
): Promise<Pick<BookedVisit, 'id' | 'linkVersion' | 'language'>> {
  const { db, now } = parts
  const running = await db
    .selectFrom('visit')
    .innerJoin('seat', 'seat.id', 'visit.seat_id')
    .innerJoin('desk', 'desk.id', 'seat.desk_id')
    .where('desk.name', 'like', `${instantDeskPrefix}%`)
    .where('visit.state', 'in', ['booked', 'waiting', 'in_progress'])
    .where('visit.ends_at', '>', new Date(now.getTime() + 10 * 60_000))
    .select(['visit.id', 'visit.link_version', 'visit.language'])
    .executeTakeFirst()
  if (running) return { id: running.id, linkVersion: running.link_version, language: 'pl' }

  const ownerSecret = randomBytes(16).toString('base64url')
  const holdId = await holdSeatThatStartsNow(parts, ownerSecret)
  await saveAnswers(db, { holdId, ownerSecret, answers: sampleClient(now), now, keys: parts.keys })
  const day = dayOf(now, parts.directory.institution.timeZone)
  const booking = await bookVisit(db, {
    ...parts,
    holdId,
    ownerSecret,
    consents: askedConsents(parts.directory, true, day, 'required'),
  })
  if (!booking.ok) throw new Error(`The demonstration visit was refused: ${booking.reason}`)
  parts.queue.wake()
  return booking.visit
}

/** A person of their own each time, so that the limits of visits per person never stand in the way. */
const sampleClient = (now: Date) => ({
  firstName: 'Halina',
  lastName: 'Wiśniewska',
  phone: `+48601${String(now.getTime() % 1_000_000).padStart(6, '0')}`,
  email: `halina.wisniewska.${now.getTime().toString(36)}@example.org`,
  guardian: { firstName: 'Tomasz', lastName: 'Wiśniewski' },
  language: 'pl' as const,
})

async function holdSeatThatStartsNow({ db, directory, now }: Parts, ownerSecret: string): Promise<string> {
  const { settings } = directory.institution
  const holdId = randomUUID()
  const startsAt = new Date(Math.floor(now.getTime() / 60_000) * 60_000)
  const endsAt = new Date(startsAt.getTime() + settings.visitMinutes * 60_000)
  const heldUntil = new Date(now.getTime() + settings.holdMinutes * 60_000)
  await inTransaction(db, async (tx) => {
    const desk = await freeInstantDesk(tx, startsAt, endsAt)
    const seat = await tx
      .insertInto('seat')
      .values({
        desk_id: desk.id,
        branch_id: desk.branch_id,
        starts_at: startsAt,
        ends_at: endsAt,
        state: 'held',
        held_until: heldUntil,
        hold_id: holdId,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    const topic = directory.topics[0]
    if (!topic) throw new Error('The institution has no topic')
    await tx
      .insertInto('hold')
      .values({
        id: holdId,
        owner_hash: ownerHash(ownerSecret),
        seat_id: seat.id,
        branch_id: desk.branch_id,
        topic_id: topic.id,
        starts_at: startsAt,
        ends_at: endsAt,
        held_until: heldUntil,
        language: 'pl',
        created_at: now,
      })
      .execute()
  })
  return holdId
}

/** A desk of its own when an earlier demonstration visit still fills this time on every other one. */
async function freeInstantDesk(
  tx: Tx,
  startsAt: Date,
  endsAt: Date,
): Promise<{ id: number; branch_id: number }> {
  const desk = await tx
    .selectFrom('desk')
    .innerJoin('branch', 'branch.id', 'desk.branch_id')
    .where('branch.code', '=', sampleBranch.code)
    .where('desk.name', 'like', `${instantDeskPrefix}%`)
    .where((all) =>
      all.not(
        all.exists(
          all
            .selectFrom('seat')
            .whereRef('seat.desk_id', '=', 'desk.id')
            .where('seat.starts_at', '<', endsAt)
            .where('seat.ends_at', '>', startsAt)
            .select('seat.id'),
        ),
      ),
    )
    .select(['desk.id', 'desk.branch_id'])
    .executeTakeFirst()
  return desk ?? addInstantDesk(tx)
}
