import type { RecordingPolicy } from '../institution/directory'
import type { VisitRow } from './visit-links'

/**
 * Whether the client can take the consent to the recording back on the visit's page. Where it is required,
 * that cancels the visit, which a client can until its start; once the visit goes on, the officer is told.
 */
export const mayWithdrawRecording = (
  visit: Pick<VisitRow, 'state' | 'starts_at' | 'recording_consent'>,
  policy: RecordingPolicy,
  now: Date,
): boolean => {
  const ahead = visit.state === 'booked' || visit.state === 'waiting'
  return visit.recording_consent && ahead && (policy !== 'required' || now < visit.starts_at)
}
