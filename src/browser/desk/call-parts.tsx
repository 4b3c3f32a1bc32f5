import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { attachStream, playWithSound } from '../call/attach-stream'
import type { Participant } from '../../contract/signalling'
import type { IconName } from '../call/icons'
import { minutesAndSeconds, ringArc, type TimeLeft } from '../call/visit-clock'
import type { CallTexts } from './call-notices'
import { Icon } from './icon'

interface PictureProps {
  id: string
  participant: Participant
  stream: MediaStream | null
  label: string
  muted?: boolean
  /** Words of the button that starts the sound where the browser holds it back. */
  soundButton?: string
}

/** Somebody's sound and picture. */
export function Picture({ id, participant, stream, label, muted = false, soundButton }: PictureProps) {
  const video = useRef<HTMLVideoElement>(null)
  const [blocked, setBlocked] = useState(false)
  useEffect(() => {
    if (video.current) attachStream(video.current, stream, () => setBlocked(true))
  }, [stream])
  return (
    <>
      <video
        ref={video}
        id={id}
        data-participant={participant}
        aria-label={label}
        playsInline
        muted={muted}
        hidden={stream === null}
      />
      {blocked && soundButton !== undefined && (
        <button
          type="button"
          class="sound-on b"
          onClick={() => {
            setBlocked(false)
            if (video.current) playWithSound(video.current)
          }}
        >
          {soundButton}
        </button>
      )}
    </>
  )
}

interface ControlProps {
  icon: IconName
  pressed?: boolean
  end?: boolean
  onPress: () => void
  children: ComponentChildren
}

/** Round button of the call with its word; pressed = switched off. */
export function Control({ icon, pressed, end = false, onPress, children }: ControlProps) {
  return (
    <button type="button" class={end ? 'end' : ''} aria-pressed={pressed} onClick={onPress}>
      <i>
        <Icon name={icon} size={26} />
      </i>
      {children}
    </button>
  )
}

interface ClockProps {
  left: TimeLeft
  words: string
}

/** What is left of the visit, as a ring and in minutes and seconds. */
export function VisitClock({ left, words }: ClockProps) {
  const look = left.minutes <= 1 ? 'last' : left.minutes <= 5 ? 'soon' : ''
  return (
    <>
      <svg width="36" height="36" viewBox="0 0 36 36" fill="none" aria-hidden="true">
        <circle cx="18" cy="18" r="14" stroke="#24382e" stroke-width="6" />
        {left.share > 0 && (
          <path d={ringArc(left.share)} stroke="#8fd3b4" stroke-width="6" stroke-linecap="round" />
        )}
      </svg>
      <div>
        <p class={`left-time ${look}`} role="timer">
          {minutesAndSeconds(left.milliseconds)}
        </p>
        <p>{words}</p>
      </div>
    </>
  )
}

/** Somebody's screen over the whole stage; a page too small to read is enlarged. */
export function SharedScreen({
  texts: { text },
  children,
}: {
  texts: CallTexts
  children: ComponentChildren
}) {
  const [zoomed, setZoomed] = useState(false)
  return (
    <div class={zoomed ? 'shared zoomed' : 'shared'}>
      {children}
      <button type="button" class="zoom" aria-pressed={zoomed} onClick={() => setZoomed(!zoomed)}>
        {text(zoomed ? 'call.share.zoomOut' : 'call.share.zoomIn')}
      </button>
    </div>
  )
}
