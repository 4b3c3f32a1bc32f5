import type { InstitutionSettings } from '../institution/institution-data'
import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import type { Language } from '../texts/catalogue'
import type { Hold } from './hold'

export interface HoldRequest {
  branchId: number
  topicId: number
  startsAt: Date
  ownerSecret: string
  language: Language
  /** Five digits. */
  postalCode: string | null
  /** Id of an earlier hold of the same owner whose answers go along. */
  answersFrom?: string
  now: Date
  keys: Keys
  settings: InstitutionSettings
}

/**
 * Holds a seat of the topic at this branch and time for the owner of the secret. A newer hold of the same
 * owner releases the older one.
 */
export declare function holdSeat(
  db: Db,
  request: HoldRequest,
): Promise<{ ok: true; hold: Hold } | { ok: false; reason: 'not_offered' | 'taken' }>
