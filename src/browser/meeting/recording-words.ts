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
