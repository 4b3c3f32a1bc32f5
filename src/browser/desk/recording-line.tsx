import { useEffect, useRef, useState } from 'preact/hooks'
import type { DeskCallBoot } from '../../contract/desk-call-boot'
import type { RecordingState } from '../../contract/visit-matters'
import { clockTimeIn } from '../call/clock-time'
import type { RecorderView } from '../recorder/worker-messages'
import type { CallTexts } from './call-notices'

interface LineProps {
  boot: DeskCallBoot
  texts: CallTexts
  recording: RecordingState
  recorder: RecorderView | null
}

/** Less waits at all times. */
const behindSeconds = 3
const caughtUpMilliseconds = 6000

/** How the recording stands, always in sight: what is saved, and what still waits. */
export function RecordingLine({ boot, texts, recording, recorder }: LineProps) {
  const { text } = texts
  const isBehind = recorder !== null && recorder.waitingSeconds >= behindSeconds
  const caughtUp = useCaughtUp(isBehind)
  const saved =
    recorder === null || recorder.savedTo === null
      ? ''
      : text('desk.recording.saved', { time: clockTimeWithSeconds(boot.timeZone, recorder.savedTo) })
  // The head of the page is narrow, and what is saved is being recorded
  const saysMore = recording === 'on' && saved !== ''
  const waiting = isBehind
    ? text('desk.recording.buffered', { n: Math.round(recorder.waitingSeconds) })
    : caughtUp
      ? text('desk.recording.caughtUp')
      : ''
  const state: Record<RecordingState, string> = {
    off: text(boot.visit.recorded ? 'desk.recording.unrecorded' : 'desk.recording.none'),
    starting: text('desk.recording.starting'),
    on: text('desk.recording.on'),
    interrupted: text('desk.recording.interrupted'),
    paused: text('desk.recording.paused'),
    unrecorded: text('desk.recording.unrecorded'),
  }
  return (
    <p class="rec" id="nagranie" data-recording={recording}>
      {/* Only the state is read out: the saved time changes every second */}
      <span role="status" class={saysMore ? 'hide' : undefined}>
        {state[recording]}
      </span>
      {saved !== '' && recording !== 'off' && (
        <span class="rec-saved">{saysMore ? saved : ` · ${lowerFirst(saved)}`}</span>
      )}
      {waiting !== '' && <span class="rec-saved">{` · ${lowerFirst(waiting)}`}</span>}
    </p>
  )
}

const lowerFirst = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

const clockTimeWithSeconds = (timeZone: string, at: number): string =>
  `${clockTimeIn(timeZone)(new Date(at))}:${String(Math.floor(at / 1000) % 60).padStart(2, '0')}`

function useCaughtUp(isBehind: boolean): boolean {
  const [caughtUp, setCaughtUp] = useState(false)
  const wasBehind = useRef(isBehind)
  useEffect(() => {
    const justCaughtUp = wasBehind.current && !isBehind
    wasBehind.current = isBehind
    setCaughtUp(justCaughtUp)
    if (!justCaughtUp) return
    const timer = window.setTimeout(() => setCaughtUp(false), caughtUpMilliseconds)
    return () => window.clearTimeout(timer)
  }, [isBehind])
  return caughtUp
}
