import type { MeetingTextKey } from '../../contract/meeting-boot'
import type { RecordingState } from '../../contract/visit-matters'

/** The line about the recording, always in sight; empty until it is known whether there is one. */
export const recordingWords: Record<RecordingState, MeetingTextKey | null> = {
  off: 'call.recording.off',
  starting: null,
  on: 'call.recording.on',
  interrupted: 'call.recording.interrupted',
  paused: 'call.recording.paused',
  unrecorded: 'call.recording.unrecorded',
}

/** What is said once when the state changes; the line itself stays in sight and is not read out again. */
export function recordingNews(before: RecordingState | null, now: RecordingState): MeetingTextKey | null {
  if (now !== 'on' || before === null) return recordingWords[now]
  return before === 'starting' || before === 'off' ? 'call.recording.started' : 'call.recording.resumed'
}
