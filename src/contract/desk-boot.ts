import type { Settlement } from './settlement'

export interface DeskPerson {
  id: number
  name: string
  role: 'officer' | 'supervisor' | 'administrator' | 'inspector'
  topicIds: readonly number[]
}

/** Answer to a desk form sent by `fetch` with `accept: application/json`; status 200, 409, 403 or 400. */
export type DeskAnswer =
  | {
      ok: true
      /** Where a form without script is led. */
      to: string
      /** After a change of what the visit settles. */
      settlement?: Settlement
      /** Where the interpreter who was just invited comes in. */
      interpreterLink?: string
    }
  | { ok: false; reason: string; message: string; /** Name of the field at fault. */ field?: string }

/**
 * Element ids of the desk. `day` and `stage` are empty and belong to the page's script; everything else is
 * server-made and works without it. Forms send to `addresses`; `message` takes what went wrong.
 */
export const deskIds = {
  clock: 'zegar',
  /** Empty: waiting people and the day's table. */
  day: 'dzien',
  /** Empty: stage, controls, clock of the call. */
  stage: 'rozmowa',
  /** Empty: identity and what is settled, while one conducts the visit. */
  panels: 'panele',
  message: 'komunikat',
  state: 'stan-wizyty',
  callInForm: 'formularz-zapros',
  releaseForm: 'formularz-oddaj',
  noteForm: 'formularz-notatka',
  note: 'notatka',
  noteStatus: 'notatka-stan',
  endForm: 'formularz-zakoncz',
  endReason: 'powod',
  endNote: 'wyjasnienie',
  endNoteStatus: 'wyjasnienie-stan',
} as const
