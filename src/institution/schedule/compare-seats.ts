import type { WantedSeat } from './wanted-seats'

/** A seat as the database has it. One whose hold ran out counts as free. */
export interface ExistingSeat {
  id: number
  deskId: number
  branchId: number
  startsAt: Date
  endsAt: Date
  state: 'free' | 'held' | 'booked'
  isWithdrawn: boolean
}

/** What makes the seats that exist those that the schedule wants. */
export interface SeatChanges {
  add: WantedSeat[]
  /** Free ones: they go. */
  remove: ExistingSeat[]
  /** Taken ones at times at which the desk is no longer open: they stand, and wait for another time. */
  withdraw: ExistingSeat[]
  /** Withdrawn ones at times at which the desk is open again. */
  restore: ExistingSeat[]
}

/**
 * Compares the wanted seats of some desks with their existing ones. Free seats follow the schedule exactly. Taken
 * ones never move: they stand while the desk is open (`isOpen`), else they are withdrawn, and no seat is added
 * over one of them.
 */
export function compareSeats(
  wanted: readonly WantedSeat[],
  existing: readonly ExistingSeat[],
  isOpen: (seat: ExistingSeat) => boolean,
): SeatChanges {
  const changes: SeatChanges = { add: [], remove: [], withdraw: [], restore: [] }
  const free = existing.filter(({ state }) => state === 'free')
  const taken = existing.filter(({ state }) => state !== 'free')
  for (const seat of taken) {
    const stands = isOpen(seat)
    if (stands && seat.isWithdrawn) changes.restore.push(seat)
    if (!stands && !seat.isWithdrawn) changes.withdraw.push(seat)
  }
  const isTaken = overlapWith(taken)
  const missing = new Map(wanted.filter((seat) => !isTaken(seat)).map((seat) => [keyOf(seat), seat]))
  // Those that are offered now go first, so that of two alike no withdrawn one takes the other's place
  for (const seat of free.filter(({ isWithdrawn }) => !isWithdrawn))
    if (!missing.delete(keyOf(seat))) changes.remove.push(seat)
  for (const seat of free.filter(({ isWithdrawn }) => isWithdrawn))
    if (missing.delete(keyOf(seat))) changes.restore.push(seat)
  changes.add = [...missing.values()]
  return changes
}

interface SeatTime {
  deskId: number
  startsAt: Date
  endsAt: Date
}

const keyOf = ({ deskId, startsAt, endsAt }: SeatTime) =>
  `${deskId} ${startsAt.getTime()} ${endsAt.getTime()}`

const msPerDay = 86_400_000

/** Looks among the seats of the same desk and day only: a branch has thousands. */
function overlapWith(seats: readonly SeatTime[]): (seat: SeatTime) => boolean {
  const placesOf = ({ deskId, startsAt, endsAt }: SeatTime) =>
    [...new Set([startsAt, endsAt].map((at) => Math.floor(at.getTime() / msPerDay)))].map(
      (day) => `${deskId} ${day}`,
    )
  const byPlace = new Map<string, SeatTime[]>()
  for (const seat of seats)
    for (const place of placesOf(seat)) {
      const there = byPlace.get(place)
      if (there) there.push(seat)
      else byPlace.set(place, [seat])
    }
  return (seat) =>
    placesOf(seat).some((place) =>
      byPlace.get(place)?.some(({ startsAt, endsAt }) => seat.startsAt < endsAt && seat.endsAt > startsAt),
    )
}
