import { linkTo, type PageContext } from '../../booking/pages/page-context'
import { type MeetingBoot, meetingIds } from '../../contract/meeting-boot'
import { Icon } from '../../ui/icons'
import { Mark } from '../../ui/mark'
import { Notice } from '../../ui/notice'
import { OwnPicture } from './own-picture'

export interface MeetingView {
  page: PageContext
  boot: MeetingBoot
  /** '9:25', and the day in words. */
  when: { day: string; time: string }
  /** Where a client gives the visit up; null for the guardian and after the start. */
  giveUpPath: string | null
}

/** First step: camera, microphone, and the door to the waiting room. */
export const EntrySection = ({ page, boot }: MeetingView) => {
  const { t } = page.t
  const guardian = boot.you === 'guardian'
  return (
    <section id={meetingIds.entry} aria-labelledby="wejscie-tytul" hidden>
      <h1 id="wejscie-tytul" class="q">
        {t('meet.title')}
      </h1>
      <p>{t(guardian ? 'guardian.meet.lead' : 'meet.lead')}</p>
      {guardian && <p>{t('guardian.meet.recording', { recording: boot.visit.recorded ? 'on' : 'off' })}</p>}
      {guardian && <p class="muted">{t('guardian.meet.privacy')}</p>}
      <OwnPicture t={page.t} demo={boot.demo} />
      <div class="btns next">
        <button id={meetingIds.enter} type="button" class="btn">
          {t('meet.enter')}
        </button>
      </div>
      <p id={meetingIds.enterNote} class="muted small" />
      {!guardian && (
        <p>
          <a href={boot.room.replace(/pokoj$/, 'sprzet')}>{t('device.before')}</a>
          <br />
          <span class="muted small">{t('device.before.note')}</span>
        </p>
      )}
    </section>
  )
}

/** Second step: the place is kept, and the officer's invitation is accepted here. */
export const WaitingSection = ({ page, boot, when, giveUpPath }: MeetingView) => {
  const { t } = page.t
  return (
    <section id={meetingIds.waiting} aria-labelledby="poczekalnia-tytul" hidden>
      <p class="step">
        {t('wait.scheduled', when)} · {boot.visit.branch}
      </p>
      <h1 id="poczekalnia-tytul" class="q" tabIndex={-1}>
        {t('wait.title')}
      </h1>
      <div id={meetingIds.invitation} role="alert" hidden>
        <div class="note note-ok">
          <Icon name="camera" />
          <div>
            <p>
              <b>{t('wait.callIn.title')}</b>
            </p>
            <p id={meetingIds.invitationNote} />
            <p>
              <button id={meetingIds.invitationEnter} type="button" class="btn">
                {t('wait.callIn.button')}
              </button>
            </p>
          </div>
        </div>
      </div>
      <div class="note">
        <Mark on="light" size={44} />
        <div>
          <p id={meetingIds.waitingStatus} role="status">
            {t('wait.lead')}
          </p>
          <p>{t('wait.kept')}</p>
        </div>
      </div>
      <p id={meetingIds.connection} role="status" hidden />
      <div id={meetingIds.waitingPicture} />
      <p id={meetingIds.lightHint} class="note note-warn" role="status" hidden />
      <p>
        <label>
          <input id={meetingIds.sound} type="checkbox" checked /> {t('wait.sound')}
        </label>
      </p>
      <div class="btns">
        <button id={meetingIds.leave} type="button" class="quiet">
          {t('wait.leave')}
        </button>
        {giveUpPath !== null && (
          <a class="quiet" href={linkTo(page, giveUpPath)}>
            {t('wait.giveUp')}
          </a>
        )}
      </div>
      <p class="muted small">{t('wait.leave.note')}</p>
    </section>
  )
}

/** The same person has the room open in another tab or on another device. */
export const ElsewhereSection = ({ page }: MeetingView) => {
  const { t } = page.t
  return (
    <section id={meetingIds.elsewhere} aria-labelledby={meetingIds.elsewhereTitle} hidden>
      <h1 id={meetingIds.elsewhereTitle} class="q" tabIndex={-1}>
        {t('wait.otherTab.title')}
      </h1>
      <p id={meetingIds.elsewhereBody}>{t('wait.otherTab.body')}</p>
      <div class="btns next">
        <button id={meetingIds.takeOver} type="button" class="btn">
          {t('wait.otherTab.button')}
        </button>
      </div>
    </section>
  )
}

/** What everybody agrees to before the call; readable without script. */
export const RulesSection = ({ page, boot }: MeetingView) => {
  const { t } = page.t
  const { guardian, recorded } = boot.visit
  const alone =
    guardian === null || boot.you === 'guardian'
      ? t('wait.rules.alone')
      : t('wait.rules.guardian', { name: guardian })
  return (
    <section class="below" aria-labelledby="zasady-tytul">
      <h2 id="zasady-tytul" class="q">
        {t('wait.rules.title')}
      </h2>
      <ul class="ticks">
        <li>
          <Icon name="document" />
          <span>{t('wait.rules.document')}</span>
        </li>
        <li>
          <Icon name="people" />
          <span>{alone}</span>
        </li>
        <li>
          <Icon name="eye" />
          <span>{t('wait.rules.view')}</span>
        </li>
        <li>
          <Icon name="recording" />
          <span>{t('wait.rules.recording', { recording: recorded ? 'on' : 'off' })}</span>
        </li>
      </ul>
    </section>
  )
}

/** Says what to do where scripts do not run; a visit itself cannot do without. */
export const NoScript = ({ t: { t } }: { t: PageContext['t'] }) => (
  <noscript>
    <h1 class="q">{t('meet.title')}</h1>
    <Notice kind="caution">
      <p>{t('ui.noScript.visit')}</p>
    </Notice>
  </noscript>
)
