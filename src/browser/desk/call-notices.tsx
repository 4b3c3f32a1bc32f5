import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { DeskCallBoot, DeskCallCountedKey, DeskCallTextKey } from '../../contract/desk-call-boot'
import type { Texts } from '../call/boot-data'
import { clockTimeIn } from '../call/clock-time'
import { createMutedTalk } from '../call/muted-talk'
import { problemTexts } from '../call/problem-texts'
import { createSince } from '../call/since'
import { Icon } from './icon'
import type { OfficerCall } from './use-call'

export type CallTexts = Texts<DeskCallTextKey, DeskCallCountedKey>

interface NoticesProps {
  boot: DeskCallBoot
  texts: CallTexts
  call: OfficerCall
  /** What is to be said about the client; empty while all is well. */
  aboutClient: string
  /** What is more pressing still. */
  children: ComponentChildren
}

/** A short break repairs itself before anybody has read about it. */
const patienceMilliseconds = 2000
const passingMilliseconds = 6000

/** Own device trouble first, then one line: what just happened, the connection, the client, the own microphone. */
export function CallNotices({ boot, texts, call, aboutClient, children }: NoticesProps) {
  const { text } = texts
  const { media, mediaView } = call
  const passing = usePassingNotice(call, texts, boot.timeZone)
  const isDown = useIsDown(call)
  const [talksMuted, setTalksMuted] = useState(false)
  useEffect(() => {
    const talk = createMutedTalk(media, setTalksMuted)
    return () => talk.stop()
  }, [])
  const muted = mediaView.audio !== null && !mediaView.microphoneOn
  const line =
    passing ||
    (isDown ? text('call.reconnecting') : aboutClient) ||
    (muted ? text(talksMuted ? 'call.mutedTalking' : 'call.muted') : '')
  return (
    <div class="notices">
      {children}
      {problemTexts(mediaView.problems).map(({ title, fix }) => (
        <section class="ask ask-warn" role="alert" key={title}>
          <Icon name="alert" size={28} />
          <div>
            <h2>{text(title)}</h2>
            <p>{text(fix)}</p>
            <div class="row">
              <button type="button" class="b" onClick={() => void media.open()}>
                {text('ui.retry')}
              </button>
              {boot.demo && (
                <button type="button" class="b" onClick={() => media.openTestPicture(boot.me.name)}>
                  {text('meet.testPicture')}
                </button>
              )}
            </div>
          </div>
        </section>
      ))}
      <p class={line === '' ? 'hide' : 'ask'} role="status">
        {line}
      </p>
    </div>
  )
}

/** Said for a few seconds: the guardian came or left, the visit was made longer, a device was plugged in or out. */
function usePassingNotice({ media, roomView }: OfficerCall, { text }: CallTexts, timeZone: string): string {
  const [notice, setNotice] = useState('')
  const guardianIsHere = roomView.peers.some(({ participant }) => participant === 'guardian')
  const guardianWasHere = useRef(guardianIsHere)
  useEffect(() => {
    if (guardianWasHere.current === guardianIsHere) return
    guardianWasHere.current = guardianIsHere
    setNotice(text(guardianIsHere ? 'call.joined.guardian' : 'call.left.guardian'))
  }, [guardianIsHere])
  const { endsAt, extendedMinutes } = roomView.state
  const minutesBefore = useRef(extendedMinutes)
  useEffect(() => {
    if (minutesBefore.current === extendedMinutes) return
    minutesBefore.current = extendedMinutes
    setNotice(text('desk.call.extended', { time: clockTimeIn(timeZone)(new Date(endsAt)) }))
  }, [extendedMinutes])
  useEffect(() => media.on('deviceCame', ({ name }) => setNotice(text('call.deviceCame', { name }))), [])
  useEffect(
    () =>
      media.on('deviceGone', ({ kind, name }) => {
        const device = kind === 'audio' ? 'microphone' : 'camera'
        setNotice(
          name === null ? text(`call.deviceGoneNone.${device}`) : text(`call.deviceGone.${device}`, { name }),
        )
      }),
    [],
  )
  useEffect(() => {
    const timer = window.setTimeout(() => setNotice(''), passingMilliseconds)
    return () => window.clearTimeout(timer)
  }, [notice])
  return notice
}

function useIsDown({ roomView: { signalling } }: OfficerCall): boolean {
  const downSince = useMemo(() => createSince(), [])
  const now = Date.now()
  const since = downSince(signalling === 'down' || signalling === 'ended', now)
  return since !== null && now - since > patienceMilliseconds
}
