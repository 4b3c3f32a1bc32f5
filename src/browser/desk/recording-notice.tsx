import { useEffect, useMemo, useState } from 'preact/hooks'
import type { DeskCallBoot } from '../../contract/desk-call-boot'
import type { RecordingState } from '../../contract/visit-matters'
import { newUuid } from '../call/page-id'
import { createSince } from '../call/since'
import type { RecorderView } from '../recorder/worker-messages'
import type { CallTexts } from './call-notices'
import { Icon } from './icon'
import { Problem } from './identity-panel'
import type { SettlementDesk } from './use-settlement'

interface NoticeProps {
  boot: DeskCallBoot
  texts: CallTexts
  desk: SettlementDesk
  recording: RecordingState
  recorder: RecorderView | null
  /** The server's time. */
  now: Date
  /** Leads to the form that ends the visit, with this reason. */
  onEnd: (reason: 'recording_failed') => void
}

const broken = ['out_of_range', 'different', 'broken_chain', 'forged', 'damaged', 'gap', 'replaced']

/** The recording is interrupted: since when, what is missing, and the officer's choice. */
export function RecordingNotice(props: NoticeProps) {
  const { texts, recording, recorder, now } = props
  const { text } = texts
  const interruptedSince = useMemo(() => createSince(), [])
  const since = interruptedSince(recording === 'interrupted', now.getTime())
  const end = recorder?.end ?? null
  const isBroken = end !== null && broken.includes(end)
  const isAtRisk = recorder?.spoolFailed === true && recorder.waitingSeconds > 3
  if (since === null && !isBroken && !isAtRisk) return null
  const seconds = Math.max(0, Math.round((now.getTime() - (recorder?.savedTo ?? since ?? 0)) / 1000))
  const missing = recorder?.missing ?? []
  return (
    <section class="ask ask-warn" role="alert" id="nagranie-przerwane">
      <Icon name="alert" size={28} />
      <div>
        {since !== null && (
          <>
            <h2>{text('desk.recording.interrupted')}</h2>
            {missing.length > 0 ? (
              <p>
                {text('desk.recording.missing', {
                  tracks: missing.map((track) => text(`desk.recording.missing.${track}`)).join(', '),
                })}
              </p>
            ) : (
              // The seconds count on; only the first are read out
              <p aria-live="off">{text('desk.recording.interrupted.body', { n: seconds })}</p>
            )}
          </>
        )}
        {isBroken && <p>{text('desk.recording.broken')}</p>}
        {isAtRisk && <p>{text('desk.recording.spoolFailed')}</p>}
        {since !== null && <Choice {...props} />}
      </div>
    </section>
  )
}

function Choice({ boot, texts, desk, onEnd }: NoticeProps) {
  const { text } = texts
  const [id, setId] = useState(newUuid)
  const [chosen, setChosen] = useState<'wait' | 'continue' | null>(null)
  const [reason, setReason] = useState('')
  const choose = async (choice: 'wait' | 'continue') => {
    setChosen(choice)
    const fields = { id, wybor: choice, 'powod-braku': choice === 'continue' ? reason : '' }
    // Each choice is kept, also a second one
    if (await desk.send('recordingChoice', fields)) setId(newUuid())
  }
  useEffect(() => {
    if (chosen === 'continue') document.getElementById('powod-braku')?.focus()
  }, [chosen])
  return (
    <>
      <p class="row wrap">
        <button type="button" class="b" aria-pressed={chosen === 'wait'} onClick={() => void choose('wait')}>
          {text('desk.recording.choice.wait')}
        </button>
        {boot.recordingMayBeMissing && (
          <button
            type="button"
            class="b"
            aria-expanded={chosen === 'continue'}
            onClick={() => {
              if (chosen === 'continue') void choose('continue')
              else setChosen('continue')
            }}
          >
            {text('desk.recording.choice.continue')}
          </button>
        )}
        <button type="button" class="b" onClick={() => onEnd('recording_failed')}>
          {text('desk.recording.choice.end')}
        </button>
      </p>
      {chosen === 'continue' && (
        <p class="f">
          <label for="powod-braku">{text('desk.recording.choice.continue.reason')}</label>
          <input
            id="powod-braku"
            maxLength={500}
            value={reason}
            aria-invalid={desk.field === 'powod-braku'}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </p>
      )}
      <Problem desk={desk} of={['recordingChoice']} />
    </>
  )
}
