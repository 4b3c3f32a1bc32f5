import type { DeskAnswer } from '../contract/desk-boot'
import type { StaffTranslator } from '../platform/i18n/translator'
import type { CallIn } from '../visit/call-in'
import type { Ended } from '../visit/end-visit'
import type { Missed } from '../visit/mark-missed'
import type { Release } from '../visit/release-visit'
import type { saveStaffNote } from '../visit/staff-note'
import { longestNote } from '../visit/visit-notes'

type StaffNote = Awaited<ReturnType<typeof saveStaffNote>>
type Failure =
  Extract<CallIn | Release | Ended | Missed | StaffNote, { ok: false }> | { reason: 'how_missing' }

export type DeskFailure = Extract<DeskAnswer, { ok: false }> & { status: 400 | 403 | 404 | 409 }

/** Names of the fields of the call page's forms; each is also the id of its element. */
export const endFields = { how: 'powod', note: 'wyjasnienie', topic: 'temat' } as const
export const noteField = 'notatka'

/** Every reason why something at the desk was not done, with its status, words and field: the one place. */
export function deskFailure({ t }: StaffTranslator, failure: Failure): DeskFailure {
  const { reason } = failure
  const answer = (status: DeskFailure['status'], message: string, field?: string): DeskFailure => ({
    ok: false,
    reason,
    status,
    message,
    ...(field !== undefined && { field }),
  })
  switch (failure.reason) {
    case 'unknown':
      return answer(404, t('desk.visit.notFound'))
    case 'not_allowed':
      return answer(403, t('desk.error.notAllowed'))
    case 'other_topic':
      return answer(403, t('desk.error.otherTopic'))
    case 'other_officer':
      return answer(409, t('desk.error.otherOfficer'))
    case 'taken':
      return answer(409, t('desk.callIn.taken', { officer: failure.officer }))
    case 'busy':
      return answer(409, t('desk.error.busy'))
    case 'not_waiting':
    case 'changed':
      return answer(409, t('desk.error.changed'))
    case 'not_begun':
      return answer(409, t('desk.error.notBegun'))
    case 'client_is_here':
      return answer(409, t('desk.error.clientHere'))
    case 'how_missing':
      return answer(400, t('desk.end.reason.error'), endFields.how)
    case 'topic_missing':
      return answer(400, t('desk.end.wrongTopic.error'), endFields.topic)
    case 'note_missing':
      return answer(400, t('desk.end.note.error'), endFields.note)
    case 'note_too_long':
      return answer(400, t('desk.end.note.tooLong', { max: longestNote }), endFields.note)
    case 'staff_note_too_long':
      return answer(400, t('desk.note.tooLong', { max: longestNote }), noteField)
  }
}
