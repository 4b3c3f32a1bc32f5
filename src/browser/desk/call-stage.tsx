import { createPortal } from 'preact/compat'
import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { DeskCallBoot } from '../../contract/desk-call-boot'
import { deskIds } from '../../contract/desk-boot'
import { createSince } from '../call/since'
import { timeLeft } from '../call/visit-clock'
import { CallNotices, type CallTexts } from './call-notices'
import { Control, Picture, SharedScreen, VisitClock } from './call-parts'
import { type ClientStatus, clientStatus, shortStatus } from './client-status'
import { CallTools } from './call-tools'
import { ChatPanel } from './chat-panel'
import { DeviceMenu } from './device-menu'
import { LinkLine } from './link-line'
import { IdentityPanel } from './identity-panel'
import { SettlePanel } from './settle-panel'
import { LeftOverNote } from './left-over-note'
import { RecordingLine } from './recording-line'
import { RecordingNotice } from './recording-notice'
import { RestartNote } from './restart-note'
import { shownRecording } from './shown-recording'
import { useLeftOvers, useRecorderView } from './use-recorder'
import type { Recorder } from '../recorder/recorder'
import { Shortcuts } from './shortcuts'
import { useSettlement } from './use-settlement'
import { type OfficerCall, useCall } from './use-call'

interface StageProps {
  boot: DeskCallBoot
  texts: CallTexts
  recorder: Recorder | null
  /** Leads to the form that ends the visit. */
  onEnd: (reason?: 'recording_failed' | 'recording_withdrawn') => void
  onStatus: (words: string) => void
  /** The visit is no longer this officer's: ended or given back elsewhere. */
  onOver: () => void
}

const clientPicture = 'obraz-klienta'

/** The officer's side of the call: pictures, controls, clock. What is written about the visit is the server's. */
export function CallStage({ boot, texts, recorder, onEnd, onStatus, onOver }: StageProps) {
  const { text, count } = texts
  const call = useCall(boot, recorder)
  const recorderView = useRecorderView(recorder)
  const left = useLeftOvers(boot.recorder, boot.visit.id)
  const { room, roomView, media, mediaView, now } = call
  const recording = shownRecording(roomView.state.recording, recorderView)
  const stage = useRef<HTMLDivElement>(null)
  const own = useMemo(() => (mediaView.video ? new MediaStream([mediaView.video]) : null), [mediaView.video])
  const client = roomView.peers.find(({ participant }) => participant === 'client')
  const guests = roomView.peers.filter(
    ({ participant }) => participant === 'guardian' || participant === 'interpreter',
  )
  const desk = useSettlement(boot, text('call.reconnecting'))
  const [panels] = useState(() => document.getElementById(deskIds.panels))
  const time = timeLeft(roomView.state, now)
  const status = useClientStatus(call)
  const words = 'n' in status ? count(status.key, status.n) : text(status.key)
  const short = text(shortStatus(status))
  useEffect(() => onStatus(short), [short])
  const over = roomView.state.state !== 'in_progress'
  useEffect(() => {
    if (over) onOver()
  }, [over])

  if (roomView.place !== 'here')
    return (
      <div class="stage" data-state="elsewhere">
        <section class="ask">
          <div>
            <h2>{text('call.moved.title')}</h2>
            <button type="button" class="b b-go" onClick={() => room.takeOver()}>
              {text(roomView.place === 'elsewhere' ? 'wait.otherTab.button' : 'call.moved.back')}
            </button>
          </div>
        </section>
      </div>
    )

  const connection = client?.connected === true ? 'connected' : roomView.entered ? 'connecting' : 'waiting'
  return (
    <>
      <header class="call-head">
        <VisitClock left={time} words={clockWords(boot, texts, time.minutes)} />
        <RecordingLine boot={boot} texts={texts} recording={recording} recorder={recorderView} />
        {client?.figures && <LinkLine figures={client.figures} texts={texts} />}
        <DeviceMenu texts={texts} media={media} view={mediaView} />
        <Shortcuts
          texts={texts}
          actions={{
            microphone: () => media.setMicrophone(!media.view().microphoneOn),
            camera: () => media.setCamera(!media.view().cameraOn),
            chat: () => document.getElementById('czat-tekst')?.focus(),
            identity: () => document.getElementById('tozsamosc-tytul')?.focus(),
            settle: () => document.getElementById('sprawy-tytul')?.focus(),
            end: () => onEnd(),
          }}
        />
      </header>
      <div
        class="stage"
        ref={stage}
        data-state={roomView.entered ? 'call' : 'waiting'}
        data-connection={connection}
        data-signalling={roomView.signalling}
      >
        <Picture
          id={clientPicture}
          participant="client"
          stream={client?.stream ?? null}
          label={text('desk.call.picture')}
          soundButton={text('call.autoplay')}
        />
        <CallNotices
          boot={boot}
          texts={texts}
          call={call}
          aboutClient={status.key === 'desk.visit.inCall' ? '' : words}
        >
          <RecordingNotice
            boot={boot}
            texts={texts}
            desk={desk}
            recording={recording}
            recorder={recorderView}
            now={now}
            onEnd={onEnd}
          />
          <RestartNote restarts={recorderView?.restarts ?? 0} texts={texts} />
          <LeftOverNote left={left} count={count} text={text} />
        </CallNotices>
        <p class="plate">{boot.visit.client}</p>
        {client?.screen && (
          <SharedScreen texts={texts}>
            <Picture
              id="ekran-klienta"
              participant="client"
              stream={client.screen}
              label={text('desk.call.screen')}
              muted
            />
          </SharedScreen>
        )}
        {guests.map((guest) => (
          <div key={guest.pageId} class={guest.participant === 'interpreter' ? 'self signs' : 'self guest'}>
            <Picture
              id={guest.participant === 'interpreter' ? 'obraz-tlumacza' : 'obraz-goscia'}
              participant={guest.participant}
              stream={guest.stream}
              label={text(
                guest.participant === 'interpreter' ? 'desk.call.interpreter' : 'call.picture.guardian',
              )}
            />
            <p class="plate">
              {guest.participant === 'interpreter'
                ? (roomView.state.guests.interpreter ?? text('desk.call.interpreter'))
                : (boot.visit.guardian ?? text('call.guardian'))}
            </p>
          </div>
        ))}
        <div class="self">
          <Picture
            id="obraz-wlasny"
            participant="officer"
            stream={own}
            label={text('call.picture.you')}
            muted
          />
        </div>
      </div>
      <div class="ctl" role="toolbar" aria-label={text('call.controls')}>
        <Control
          icon="microphone"
          pressed={!mediaView.microphoneOn}
          onPress={() => media.setMicrophone(!mediaView.microphoneOn)}
        >
          {text(mediaView.microphoneOn ? 'call.mute' : 'call.unmute')}
        </Control>
        <Control
          icon="camera"
          pressed={!mediaView.cameraOn}
          onPress={() => media.setCamera(!mediaView.cameraOn)}
        >
          {text(mediaView.cameraOn ? 'call.cameraOff' : 'call.cameraOn')}
        </Control>
        {mediaView.severalCameras && (
          <Control icon="switchCamera" onPress={() => void media.switchCamera()}>
            {text('call.switchCamera')}
          </Control>
        )}
        {mediaView.canShare && (
          <Control
            icon="screen"
            pressed={mediaView.screen !== null}
            onPress={() => (mediaView.screen ? media.stopSharing() : void media.shareScreen())}
          >
            {text(mediaView.screen ? 'desk.call.share.stop' : 'desk.call.share')}
          </Control>
        )}
        {document.pictureInPictureEnabled && client?.stream && (
          <Control icon="smallPicture" onPress={() => void togglePictureInPicture()}>
            {text('desk.call.pictureInPicture')}
          </Control>
        )}
        {document.fullscreenEnabled && (
          <Control icon="fullScreen" onPress={() => void toggleFullScreen(stage.current)}>
            {text('call.fullScreen')}
          </Control>
        )}
        <Control icon="hangUp" end onPress={() => onEnd()}>
          {text('desk.end')}
        </Control>
      </div>
      <ChatPanel
        texts={texts}
        chat={roomView.chat}
        timeZone={boot.timeZone}
        onSay={(words) => room.say(words)}
      />
      {panels &&
        createPortal(
          <>
            <IdentityPanel
              boot={boot}
              texts={texts}
              desk={desk}
              room={roomView.state}
              hasPicture={
                client?.receiving === true && client.media?.camera !== false && !client.media?.soundOnly
              }
            />
            <SettlePanel boot={boot} texts={texts} desk={desk} />
            <CallTools boot={boot} texts={texts} desk={desk} room={roomView.state} onEnd={onEnd} />
          </>,
          panels,
        )}
    </>
  )
}

function clockWords(boot: DeskCallBoot, { text, count }: CallTexts, minutesLeft: number): string {
  const time = boot.nextTime ?? ''
  if (minutesLeft === 0 && time !== '') return text('desk.call.over', { time })
  if (minutesLeft === 1 && time !== '') return text('desk.call.one', { time })
  if (minutesLeft === 5) return text('desk.call.five')
  return count('desk.call.left', boot.visit.minutes)
}

/** A client in trouble: gone from the room, or silent although connected. */
function useClientStatus({ roomView }: OfficerCall): ClientStatus {
  const troubleSince = useMemo(() => createSince(), [])
  const invitedSince = useMemo(() => createSince(), [])
  const client = roomView.peers.find(({ participant }) => participant === 'client')
  const page = roomView.present.find(({ participant }) => participant === 'client')
  // Milliseconds of this device: only spans are measured
  const now = Date.now()
  const inTrouble = roomView.signalling === 'open' && !(client?.receiving === true || (page && !client))
  return clientStatus({
    now,
    present: roomView.present,
    peer: client,
    troubleSince: troubleSince(inTrouble, now),
    invitedSince: invitedSince(page !== undefined && !page.ready, now),
  })
}

/** The client stays in sight while the officer reads in another window. */
async function togglePictureInPicture(): Promise<void> {
  const video = document.getElementById(clientPicture)
  if (document.pictureInPictureElement) await document.exitPictureInPicture()
  else if (video instanceof HTMLVideoElement) await video.requestPictureInPicture()
}

async function toggleFullScreen(element: HTMLElement | null): Promise<void> {
  if (document.fullscreenElement) await document.exitFullscreen()
  else await element?.requestFullscreen()
}
