import type { ComponentChildren } from 'preact'
import { meetingIds } from '../../contract/meeting-boot'
import { Icon, type IconName } from '../../ui/icons'
import type { MeetingView } from './waiting-sections'

/** The call: the officer fills the stage, own picture in the corner, labelled controls below. */
export const CallSurface = ({ page, boot }: MeetingView) => {
  const { t } = page.t
  const guest = boot.you === 'guardian' ? 'call.picture.client' : 'call.picture.guardian'
  return (
    <div id={meetingIds.call} class="call" hidden>
      <main class="call-page">
        <header class="call-head">
          <svg id={meetingIds.ring} width="36" height="36" viewBox="0 0 36 36" fill="none" aria-hidden="true">
            <circle cx="18" cy="18" r="14" stroke="#24382e" stroke-width="6" />
            <path d="" stroke="#8fd3b4" stroke-width="6" stroke-linecap="round" />
          </svg>
          <div>
            <h1 class="hide">{t('call.title')}</h1>
            <p id={meetingIds.timeLeft} class="left-time" role="timer" />
            <p>{boot.visit.branch}</p>
          </div>
          <span id={meetingIds.recording} class="rec" />
          <span id={meetingIds.recordingNews} class="hide" role="status" />
        </header>
        <div class="call-main">
          <div id={meetingIds.stage} class="stage">
            <video id={meetingIds.officerVideo} aria-label={t('call.picture.officer')} playsInline />
            <div class="ask hide">
              <p id={meetingIds.callStatus} role="status" />
            </div>
            <p id={meetingIds.officerPlate} class="plate">
              {t('call.officer')}
            </p>
            <div id={meetingIds.guestPicture} class="self guest" hidden>
              <video id={meetingIds.guestVideo} aria-label={t(guest)} playsInline />
              <p id={meetingIds.guestPlate} class="plate" />
            </div>
            <div id={meetingIds.selfPicture} class="self">
              <video id={meetingIds.selfVideo} aria-label={t('call.picture.you')} muted playsInline />
              <div id={meetingIds.documentFrame} class="document-frame" aria-hidden="true" hidden />
            </div>
            <button id={meetingIds.autoplay} type="button" class="sound-on" hidden>
              {t('call.autoplay')}
            </button>
            <div id={meetingIds.interpreterPicture} class="self signs" hidden>
              <video id={meetingIds.interpreterVideo} aria-label={t('call.interpreter')} playsInline />
              <p id={meetingIds.interpreterPlate} class="plate" />
            </div>
            <div id={meetingIds.sharedPicture} class="shared" hidden>
              <video id={meetingIds.sharedVideo} aria-label={t('call.share.officer')} muted playsInline />
              <button id={meetingIds.sharedZoom} type="button" class="zoom" aria-pressed={false}>
                {t('call.share.zoomIn')}
              </button>
            </div>
            <p id={meetingIds.watermark} class="watermark" aria-hidden="true" />
            <section id={meetingIds.card} class="ask" role="alert" hidden>
              <div>
                <h2 id={meetingIds.cardTitle} />
                <p id={meetingIds.cardBody} />
                <p hidden>
                  <button id={meetingIds.cardButton} type="button" class="btn">
                    {t('warning.button')}
                  </button>
                </p>
              </div>
            </section>
            <DeviceMenu page={page} />
            <HangUpQuestion page={page} boot={boot} />
          </div>
          <ChatPanel page={page} />
        </div>
        <div class="ctl" role="toolbar" aria-label={t('call.controls')}>
          <Control id={meetingIds.microphone} icon="microphone" pressed={false}>
            {t('call.mute')}
          </Control>
          <Control id={meetingIds.camera} icon="camera" pressed={false}>
            {t('call.cameraOff')}
          </Control>
          <Control id={meetingIds.switchCamera} icon="camera" hidden>
            {t('call.switchCamera')}
          </Control>
          <Control id={meetingIds.share} icon="screen" pressed={false} hidden>
            {t('call.share')}
          </Control>
          <Control id={meetingIds.chatOpen} icon="chat">
            {t('call.chat')}
          </Control>
          <Control id={meetingIds.devicesOpen} icon="headphones" hidden>
            {t('call.devices.short')}
          </Control>
          <Control id={meetingIds.fullScreen} icon="fullScreen" hidden>
            {t('call.fullScreen')}
          </Control>
          <Control id={meetingIds.hangUp} icon="hangUp" end>
            {t('call.hangUp')}
          </Control>
        </div>
      </main>
    </div>
  )
}

/** Beside the call on wide screens, over its lower half on a phone. */
const ChatPanel = ({ page }: Pick<MeetingView, 'page'>) => {
  const { t } = page.t
  return (
    <section id={meetingIds.chat} class="chat" aria-label={t('call.chat')} hidden>
      <button id={meetingIds.chatClose} type="button" class="quiet">
        {t('ui.close')}
      </button>
      <ol id={meetingIds.chatList} tabIndex={0} aria-live="polite" aria-label={t('call.chat')} />
      <p id={meetingIds.chatNote} class="small" role="status">
        {t('call.chat.kept')}
      </p>
      <form id={meetingIds.chatForm} action="#">
        <label class="hide" for={meetingIds.chatText}>
          {t('call.chat.label')}
        </label>
        <input id={meetingIds.chatText} autocomplete="off" placeholder={t('call.chat.label')} />
        <button aria-label={t('call.chat.send')}>
          <Icon name="send" size={20} />
        </button>
      </form>
    </section>
  )
}

/** Lists are filled by the page's script; one without a choice stays away. */
const DeviceMenu = ({ page }: Pick<MeetingView, 'page'>) => {
  const { t } = page.t
  const lists = [
    [meetingIds.chooseCamera, 'device.choose.camera'],
    [meetingIds.chooseMicrophone, 'device.choose.microphone'],
    [meetingIds.chooseSpeaker, 'device.choose.speaker'],
  ] as const
  return (
    <section id={meetingIds.devices} class="ask" aria-labelledby="urzadzenia-tytul" hidden>
      <div>
        <h2 id="urzadzenia-tytul">{t('call.devices')}</h2>
        {lists.map(([id, text]) => (
          <p key={id} class="field">
            <label for={id}>{t(text)}</label>
            <select id={id} />
          </p>
        ))}
        <p>
          <button id={meetingIds.devicesClose} type="button" class="btn btn-2">
            {t('ui.close')}
          </button>
        </p>
      </div>
    </section>
  )
}

/** Asked on the page itself, never in a dialog. */
const HangUpQuestion = ({ page, boot }: Pick<MeetingView, 'page' | 'boot'>) => {
  const { t } = page.t
  return (
    <section id={meetingIds.hangUpConfirm} class="ask" aria-labelledby="zakonczyc-tytul" hidden>
      <div>
        <h2 id="zakonczyc-tytul">{t('call.hangUp.confirm.title')}</h2>
        <p>{t('call.hangUp.confirm.body', { end: boot.visit.endTime })}</p>
        <p>
          <button id={meetingIds.hangUpYes} type="button" class="btn btn-red">
            {t('call.hangUp')}
          </button>{' '}
          <button id={meetingIds.hangUpStay} type="button" class="btn btn-2">
            {t('call.hangUp.stay')}
          </button>
        </p>
      </div>
    </section>
  )
}

interface ControlProps {
  id: string
  icon: IconName
  pressed?: boolean
  end?: boolean
  hidden?: boolean
  children: ComponentChildren
}

/** The word is a `span`, so that the page's script changes it without touching the icon. */
const Control = ({ id, icon, pressed, end = false, hidden = false, children }: ControlProps) => (
  <button id={id} type="button" class={end ? 'end' : undefined} aria-pressed={pressed} hidden={hidden}>
    <i>
      <Icon name={icon} size={26} />
    </i>
    <span>{children}</span>
  </button>
)
