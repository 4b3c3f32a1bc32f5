import type { InstitutionSettings } from '../institution/institution-data'
import type { DbOrTx } from '../platform/db'

/** Gives the owner another `holdMinutes` from now, once. */
export declare function extendHold(
  db: DbOrTx,
  request: { holdId: string; ownerSecret: string; now: Date; settings: InstitutionSettings },
): Promise<
  | { ok: true; heldUntil: Date }
  | { ok: false; reason: 'extended_before' | 'expired' | 'lost' | 'booked' | 'unknown' }
>
