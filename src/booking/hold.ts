import type { Language } from '../texts/catalogue'
import type { Answers } from './answers'

/** A seat kept for somebody who is still typing. It becomes the visit; it is never dropped and checked again. */
export interface Hold {
  id: string
  branchId: number
  topicId: number
  startsAt: Date
  endsAt: Date
  heldUntil: Date
  extended: boolean
  /** Five digits. */
  postalCode: string | null
  language: Language
  answers: Answers | null
  visitId: string | null
}

/**
 * held: nobody else can claim the seat; expired: time ran out but the time can still be claimed;
 * lost: it cannot; booked: the hold has become a visit.
 */
export type HoldStanding = 'held' | 'expired' | 'lost' | 'booked'
