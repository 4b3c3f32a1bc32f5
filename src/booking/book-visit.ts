import type { Directory } from '../institution/directory'
import type { MessageQueue } from '../message/queue-messages'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Language } from '../texts/catalogue'
import type { ConsentKind, GivenConsent } from './consents'

export interface BookedVisit {
  id: string
  number: string
  startsAt: Date
  endsAt: Date
  branchId: number
  topicId: number
  language: Language
  hasGuardian: boolean
  linkVersion: number
}

export interface BookingRequest {
  holdId: string
  ownerSecret: string
  consents: readonly GivenConsent[]
  /** Language in which the consents were read; that of the hold unless given. */
  language?: Language
  now: Date
  keys: Keys
  directory: Directory
  queue: MessageQueue
}

export type Booking =
  | { ok: true; visit: BookedVisit }
  | { ok: false; reason: 'consent_missing' | 'consent_version_changed'; missing: ConsentKind[] }
  | {
      ok: false
      reason: 'expired' | 'lost' | 'unknown' | 'no_answers' | 'same_topic' | 'too_many_visits'
    }

/** Turns the hold into a visit. A repeated call for a hold already booked answers with the same visit. */
export declare function bookVisit(db: Db, request: BookingRequest): Promise<Booking>
