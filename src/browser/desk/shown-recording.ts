import type { RecordingState } from '../../contract/visit-matters'
import type { RecorderView } from '../recorder/worker-messages'

/** As the server judges: so long nothing may wait. */
const interruptedAfterSeconds = 3

/**
 * How the recording stands for the officer. The server says it; when the server cannot be reached this computer
 * knows it alone.
 */
export const shownRecording = (
  said: RecordingState,
  recorder: Pick<RecorderView, 'waitingSeconds'> | null,
): RecordingState =>
  said === 'on' && recorder !== null && recorder.waitingSeconds >= interruptedAfterSeconds
    ? 'interrupted'
    : said
