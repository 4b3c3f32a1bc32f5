import type { ExistingSeat, SeatChanges } from './compare-seats'

/** A booked visit that loses its desk. */
export interface TouchedVisit {
  id: string
  number: string
  branchId: number
  topicId: number
  deskName: string
  startsAt: Date
}

/** What happens at one branch: free seats that come and go, and taken ones. */
export interface BranchEffect {
  branchId: number
  appear: number
  vanish: number
  /** Booked visits that lose their desk, and people who hold such a time right now. */
  touched: number
  held: number
  /** Booked visits that have their desk again. */
  restored: number
}

/** Only branches at which something happens, by id. */
export function countByBranch({ add, remove, withdraw, restore }: SeatChanges): BranchEffect[] {
  const branches = new Map<number, BranchEffect>()
  const of = ({ branchId }: { branchId: number }): BranchEffect => {
    const known = branches.get(branchId)
    if (known) return known
    const fresh = { branchId, appear: 0, vanish: 0, touched: 0, held: 0, restored: 0 }
    branches.set(branchId, fresh)
    return fresh
  }
  for (const seat of add) of(seat).appear += 1
  for (const seat of remove) of(seat).vanish += 1
  for (const seat of withdraw) of(seat)[isBooked(seat) ? 'touched' : 'held'] += 1
  for (const seat of restore) of(seat)[isBooked(seat) ? 'restored' : 'appear'] += 1
  return [...branches.values()].sort((one, other) => one.branchId - other.branchId)
}

const isBooked = ({ state }: ExistingSeat): boolean => state === 'booked'
