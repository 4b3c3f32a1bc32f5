import { useEffect, useState } from 'preact/hooks'
import type { DeskCallBoot } from '../../contract/desk-call-boot'
import { sendLeftOverRecordings } from '../recorder/left-overs'
import { createRecorder, type Recorder } from '../recorder/recorder'
import type { LeftOvers, RecorderView } from '../recorder/worker-messages'

/** Records from the first moment of the page; null where there is nothing to record, or no more. */
export const recorderOf = ({ mine, visit, state, recorder, now }: DeskCallBoot): Recorder | null =>
  mine && visit.recorded && state.recording !== 'off'
    ? createRecorder({
        worker: recorder.worker,
        address: recorder.socket,
        visitId: visit.id,
        serverNow: now,
      })
    : null

export function useRecorderView(recorder: Recorder | null): RecorderView | null {
  const [, setUrgent] = useState('')
  useEffect(() => recorder?.on('view', (view) => setUrgent(urgent(view))), [recorder])
  return recorder?.view() ?? null
}

/** What does not wait for the page's clock, with which everything is rendered once a second anyway. */
const urgent = ({ waitingSeconds, missing, spoolFailed, end, restarts }: RecorderView): string =>
  [Math.floor(waitingSeconds), missing, spoolFailed, end, restarts].join()

/** What earlier pages of this computer left to be sent: is being sent, or waits for somebody else. */
export function useLeftOvers(
  { worker, leftOvers }: { worker: string; leftOvers: string },
  notVisit: string | null,
): LeftOvers & { done: boolean } {
  const [left, setLeft] = useState({ waiting: 0, foreign: 0, done: false })
  useEffect(
    () =>
      sendLeftOverRecordings({
        worker,
        address: leftOvers,
        notVisit,
        onChange: (now) =>
          setLeft((before) => ({ ...now, done: before.done || (before.waiting > 0 && now.waiting === 0) })),
      }),
    [],
  )
  return left
}
