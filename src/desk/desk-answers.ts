import type { DeskAnswer } from '../contract/desk-boot'
import type { StaffTranslator } from '../platform/i18n/translator'
import { timeOfDay } from '../platform/i18n/dates'
import type { StaffTextKey } from '../texts/catalogue'
import { longestChoiceReason } from '../recording/choose-without-recording'
import { longestPurpose } from '../visit/accept-application'
import type { CallIn } from '../visit/call-in'
import type { Extension } from '../visit/extend-visit'
import { longestInterpreterName } from '../visit/interpreter'
import { longestUndoReason } from '../visit/undo-identity'
import { longestNote } from '../visit/visit-notes'

/** Every reason for which something at the desk is not done. */
export type FailureReason = keyof typeof failures
type Failure =
  | Extract<CallIn, { reason: 'taken' }>
  | Extract<Extension, { reason: 'next_booked' }>
  | { reason: Exclude<FailureReason, 'taken' | 'next_booked'> }

export type DeskFailure = Extract<DeskAnswer, { ok: false }> & { status: 400 | 403 | 404 | 409 }

/** Names of the fields of the call page's forms; each is also the id of its element. */
export const endFields = { how: 'powod', note: 'wyjasnienie', topic: 'temat' } as const
export const noteField = 'notatka'

type Told = readonly [status: DeskFailure['status'], text: StaffTextKey, field?: string, max?: number]

/** Each reason with its status, words and field: the one place. */
const failures = {
  unknown: [404, 'desk.visit.notFound'],
  not_allowed: [403, 'desk.error.notAllowed'],
  other_topic: [403, 'desk.error.otherTopic'],
  other_officer: [409, 'desk.error.otherOfficer'],
  taken: [409, 'desk.callIn.taken'],
  next_booked: [409, 'desk.call.extend.none'],
  busy: [409, 'desk.error.busy'],
  not_waiting: [409, 'desk.error.changed'],
  changed: [409, 'desk.error.changed'],
  not_begun: [409, 'desk.error.notBegun'],
  client_is_here: [409, 'desk.error.clientHere'],
  officer_is_here: [409, 'desk.error.officerHere'],
  how_missing: [400, 'desk.end.reason.error', endFields.how],
  topic_missing: [400, 'desk.end.wrongTopic.error', endFields.topic],
  note_missing: [400, 'desk.end.note.error', endFields.note],
  note_too_long: [400, 'desk.end.note.tooLong', endFields.note, longestNote],
  staff_note_too_long: [400, 'desk.note.tooLong', noteField, longestNote],
  document_number: [400, 'desk.error.documentNumber'],
  recording_interrupted: [409, 'desk.identity.blocked.recording'],
  identity_needed: [409, 'desk.identity.needed'],
  document_missing: [400, 'desk.identity.kind.error', 'dokument'],
  identity_reason_missing: [400, 'desk.identity.reason.error', 'powod-tozsamosci'],
  decided_before: [409, 'desk.identity.decidedBefore'],
  nothing_to_undo: [409, 'desk.error.changed'],
  already_used: [409, 'desk.identity.alreadyUsed'],
  undo_reason_missing: [400, 'desk.identity.undo.error', 'cofniecie'],
  undo_reason_too_long: [400, 'desk.identity.undo.tooLong', 'cofniecie', longestUndoReason],
  kind_missing: [400, 'desk.settle.error.kind', 'rodzaj'],
  purpose_missing: [400, 'desk.settle.error.purpose', 'cel'],
  purpose_too_long: [400, 'desk.settle.error.purposeTooLong', 'cel', longestPurpose],
  not_read_back: [400, 'desk.settle.error.readBack', 'odczytane'],
  not_offered: [409, 'desk.settle.followUp.taken'],
  seat_taken: [409, 'desk.settle.followUp.taken'],
  follow_up_before: [409, 'desk.settle.followUp.before'],
  ask_client_to_book: [409, 'desk.settle.followUp.askClient'],
  name_missing: [400, 'desk.interpreter.error.name', 'tlumacz'],
  name_too_long: [400, 'desk.interpreter.error.tooLong', 'tlumacz', longestInterpreterName],
  must_be_recorded: [409, 'desk.recording.choice.must'],
  choice_reason_missing: [400, 'desk.recording.choice.continue.reason', 'powod-braku'],
  choice_reason_too_long: [400, 'desk.recording.choice.tooLong', 'powod-braku', longestChoiceReason],
  recording_goes_on: [409, 'desk.recording.choice.on'],
  recording_off: [409, 'desk.error.changed'],
  consent_is_needed: [409, 'desk.recording.withdraw.end'],
  minutes_wrong: [400, 'desk.lateNotice.error', 'spoznienie'],
} as const satisfies Record<string, Told>

/** Why something at the desk was not done, in words for who tried it. */
export function deskFailure({ t }: StaffTranslator, failure: Failure, timeZone: string): DeskFailure {
  const { reason } = failure
  const [status, text, field, max]: Told = failures[reason]
  const args = {
    ...(failure.reason === 'taken' && { officer: failure.officer }),
    ...(failure.reason === 'next_booked' && { time: timeOfDay(failure.nextAt, timeZone) }),
    ...(max !== undefined && { max }),
  }
  return { ok: false, reason, status, message: t(text, args), ...(field !== undefined && { field }) }
}
