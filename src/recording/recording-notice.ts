import type { Db } from '../platform/db'
import type { StaffTranslator } from '../platform/i18n/translator'
import { dateWords } from '../platform/i18n/dates'
import { readKept, shownState } from './kept-recording'
import { gapsWords } from './recording-words'

export interface RecordingNotice {
  words: string
  /** Not all is as it should be. */
  isBad: boolean
}

/** How the recording of a visit that is over stands, in words; null where none was wanted. */
export async function recordingNotice(
  db: Db,
  {
    visit,
    staffTexts,
    timeZone,
  }: {
    visit: { id: string; recording_consent: boolean; started_at: Date | null }
    staffTexts: StaffTranslator
    timeZone: string
  },
): Promise<RecordingNotice | null> {
  const { t } = staffTexts
  const recording = await readKept(db, visit.id)
  if (!recording) {
    if (visit.started_at === null) return null
    return visit.recording_consent
      ? { words: t('desk.recording.notMade'), isBad: true }
      : { words: t('desk.recording.none'), isBad: false }
  }
  switch (shownState(recording)) {
    case 'erased': {
      const erasure = await db
        .selectFrom('recording_erasure')
        .select('erased_at as at')
        .where('visit_id', '=', visit.id)
        .executeTakeFirstOrThrow()
      return {
        words: t('desk.recording.erased', { dateWords: dateWords(erasure.at, 'pl', timeZone) }),
        isBad: false,
      }
    }
    case 'failed':
      return { words: t('desk.recording.failed'), isBad: true }
    case 'finalising':
      return recording.finaliseError === null
        ? { words: t('desk.recording.finalising'), isBad: false }
        : { words: t('desk.recording.retrying'), isBad: true }
    case 'ready':
      return { words: t('desk.recording.ready'), isBad: false }
    case 'gaps':
      return {
        words: `${t('desk.recording.ready')} · ${gapsWords(staffTexts, recording.summary) ?? ''}`,
        isBad: true,
      }
  }
}
