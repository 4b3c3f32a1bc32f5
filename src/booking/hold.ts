import { createHash } from 'node:crypto'
import type { Keys } from '../platform/keys'
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
  /** Of insurance, ISO 3166-1. */
  country: string | null
  language: Language
  answers: Answers | null
  visitId: string | null
}

/**
 * held: nobody else can claim the seat; expired: time ran out but the time can still be claimed;
 * lost: it cannot; booked: the hold has become a visit.
 */
export type HoldStanding = 'held' | 'expired' | 'lost' | 'booked'

/** How the owner of a hold is known: by the hash of a random secret, which nobody could guess from it. */
export const ownerHash = (ownerSecret: string): Buffer =>
  createHash('sha256').update(`hold owner\0${ownerSecret}`).digest()

const answersContext = (holdId: string) => `hold.answers:${holdId}`

/** Answers for the column hold.answers; worthless for any other hold. */
export const sealAnswers = (keys: Keys, holdId: string, answers: Answers): Buffer =>
  keys.seal(JSON.stringify(answers), answersContext(holdId))

/** @throws when the bytes belong to another hold or were sealed with a key we do not have */
export const unsealAnswers = (keys: Keys, holdId: string, sealed: Buffer): Answers =>
  JSON.parse(keys.unseal(sealed, answersContext(holdId))) as Answers
