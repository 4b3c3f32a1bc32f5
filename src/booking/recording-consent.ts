import type { InstitutionSettings } from '../institution/institution-data'
import type { VisitRow } from './visit-links'

/**
 * Whether the client can take the consent to the recording back on the visit's page. Where it is required,
 * that cancels the visit, which a client can until its start; once the visit goes on, the officer is told.
 */
export const mayWithdrawRecording = (
  visit: Pick<VisitRow, 'state' | 'starts_at' | 'recording_consent'>,
  { recordingConsent }: Pick<InstitutionSettings, 'recordingConsent'>,
  now: Date,
): boolean => {
  const ahead = visit.state === 'booked' || visit.state === 'waiting'
  return visit.recording_consent && ahead && (recordingConsent === 'optional' || now < visit.starts_at)
}
