import type { VNode } from 'preact'
import { shownPhone } from '../../booking/pages/visit-words'
import type { VisitRow } from '../../booking/visit-links'
import { type DeskCallBoot } from '../../contract/desk-call-boot'
import { deskIds } from '../../contract/desk-boot'
import { countryName } from '../../institution/countries'
import type { Topic } from '../../institution/directory'
import type { Client } from '../../message/sealed-client'
import type { StaffTranslator } from '../../platform/i18n/translator'
import type { RecordingNotice } from '../../recording/recording-notice'
import { Icon } from '../../ui/icons'
import type { Language } from '../../texts/catalogue'
import { BootScript } from '../../visit/pages/boot-script'
import { longestNote } from '../../visit/visit-notes'
import { noteField } from '../desk-answers'
import { stateText } from '../state-text'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { EndForm, type TypedEnd } from './end-form'

export interface ShownCall {
  boot: DeskCallBoot
  visit: VisitRow
  client: Client
  topics: readonly Topic[]
  /** '29 grudnia 2026, godz. 10:15–10:35' */
  when: string
  staffNote: string
  closingNote: string
  /** How the recording of an ended visit stands. */
  recording: RecordingNotice | null
  /** Null for those who do not watch recordings. */
  recordingPage: string | null
  /** What this person may do with the visit as it stands. */
  may: { callIn: boolean; conduct: boolean; end: boolean; markMissed: boolean; takeOver: boolean }
  clientIsHere: boolean
  /** Why the last form was not accepted, with what was typed. */
  problem?: { message: string; typed: TypedEnd; note?: string }
}

/** One visit at the desk: the call at the left, all that is written about it at the right. */
export const callPage = (page: StaffPage, call: ShownCall): VNode => {
  const { t } = page.staffTexts
  const { boot, visit, problem } = call
  return (
    <StaffFrame
      page={page}
      title={t('desk.visit.title', { name: boot.visit.client })}
      script="desk-call"
      call
    >
      <main class="incall">
        <section
          id={deskIds.stage}
          class="left call"
          aria-label={t('desk.visit.title', { name: boot.visit.client })}
        >
          {!boot.mine && (
            <div class="stage">
              <p class="ask">
                {visit.state === 'waiting' || visit.state === 'booked'
                  ? t(call.clientIsHere ? 'desk.visit.here' : 'desk.visit.notWaiting')
                  : stateText(page.staffTexts, visit)}
              </p>
            </div>
          )}
        </section>
        <div class="work">
          <div class="who-head">
            <div>
              <h1>{boot.visit.client}</h1>
              <p class="muted small">
                {visit.number} · {boot.visit.topic}
              </p>
            </div>
            <span id={deskIds.state} class="tag tag-wait" role="status">
              {stateText(page.staffTexts, visit)}
            </span>
          </div>
          <div class="work-body">
            <noscript>
              <p role="alert">{t('desk.noScript')}</p>
            </noscript>
            <p id={deskIds.message} role="alert">
              {problem?.message}
            </p>
            {call.recording && <Recording page={page} call={call} recording={call.recording} />}
            <ClientCard page={page} call={call} />
            {boot.mine && <div id={deskIds.panels} />}
            {call.may.conduct && <NoteForm page={page} call={call} />}
            {call.may.end && (
              <EndForm
                page={page}
                action={boot.addresses.end}
                topics={call.topics}
                typed={problem?.typed ?? { how: '', note: call.closingNote, topic: '' }}
              />
            )}
            {!call.may.end && call.closingNote !== '' && (
              <section class="card">
                <h2>{t('desk.end.agreed')}</h2>
                <p>{call.closingNote}</p>
              </section>
            )}
          </div>
          <Acts page={page} call={call} />
        </div>
      </main>
      <BootScript boot={boot} />
    </StaffFrame>
  )
}

const Recording = ({
  page,
  call,
  recording,
}: {
  page: StaffPage
  call: ShownCall
  recording: RecordingNotice
}) => (
  <p class={recording.isBad ? 'n n-warn' : 'n'}>
    <Icon name={recording.isBad ? 'alert' : 'recording'} size={20} />
    <span>
      {recording.words}
      {call.recordingPage !== null && (
        <>
          {' '}
          <a href={call.recordingPage}>{page.staffTexts.t('desk.recording.open')}</a>
        </>
      )}
    </span>
  </p>
)

const ClientCard = ({ page, call }: { page: StaffPage; call: ShownCall }) => {
  const { t } = page.staffTexts
  const { boot, client, visit, when } = call
  const consents = visit.recording_consent
    ? 'desk.visit.consents.recording'
    : 'desk.visit.consents.noRecording'
  return (
    <section class="card" aria-labelledby="dane-klienta">
      <h2 id="dane-klienta">{t('desk.visit.client')}</h2>
      <dl class="kv">
        <dt>{t('desk.visit.phone')}</dt>
        <dd class="nowrap">{shownPhone(client.phone)}</dd>
        <dt>{t('desk.visit.guardian')}</dt>
        <dd>{boot.visit.guardian ?? t('desk.visit.guardian.none')}</dd>
        <dt>{t('desk.visit.email')}</dt>
        <dd>{client.email}</dd>
        <dt>{t('desk.visit.consents')}</dt>
        <dd>{t(consents)}</dd>
        <dt>{t('desk.visit.time')}</dt>
        <dd>{when}</dd>
        <dt>{t('desk.visit.language')}</dt>
        <dd>{page.texts.t(`ui.language.${visit.language as Language}`)}</dd>
        {visit.country !== null && (
          <>
            <dt>{t('desk.visit.country')}</dt>
            <dd>{countryName(visit.country, 'pl')}</dd>
          </>
        )}
      </dl>
    </section>
  )
}

const NoteForm = ({ page, call }: { page: StaffPage; call: ShownCall }) => {
  const { t } = page.staffTexts
  return (
    <form id={deskIds.noteForm} class="card" action={call.boot.addresses.note} method="post">
      <div class="f">
        <label for={deskIds.note}>{t('desk.note')}</label>
        <textarea id={deskIds.note} name={noteField} rows={3} maxLength={longestNote}>
          {call.problem?.note ?? call.staffNote}
        </textarea>
      </div>
      <p class="row">
        <button class="b">{t('desk.note.save')}</button>
        <span id={deskIds.noteStatus} role="status" class="muted small" />
      </p>
    </form>
  )
}

/** What can be done with the visit now, always in sight. */
const Acts = ({ page, call }: { page: StaffPage; call: ShownCall }) => {
  const { t } = page.staffTexts
  const { boot, may } = call
  if (!may.callIn && !may.markMissed && !may.end && !may.takeOver) return null
  return (
    <div class="foot-bar">
      {may.callIn && (
        <form id={deskIds.callInForm} action={boot.addresses.callIn} method="post">
          <button class="b b-go">{t('desk.callIn')}</button>
        </form>
      )}
      {may.takeOver && (
        <form action={boot.addresses.takeOver} method="post">
          <button class="b b-go">{t('desk.takeOver')}</button>
        </form>
      )}
      {may.markMissed && <MissedForm t={t} action={boot.addresses.missed} clientIsHere={call.clientIsHere} />}
      {may.end && (
        <>
          <form id={deskIds.releaseForm} action={boot.addresses.release} method="post">
            <button class="b">{t('desk.release')}</button>
          </form>
          <span class="grow" />
          <button class="b b-red" form={deskIds.endForm}>
            {t('desk.end')}
          </button>
        </>
      )}
    </div>
  )
}

interface MissedFormProps {
  t: StaffTranslator['t']
  action: string
  clientIsHere: boolean
}

const MissedForm = ({ t, action, clientIsHere }: MissedFormProps) => (
  <form action={action} method="post" class="row wrap">
    {!clientIsHere && (
      <button class="b" name="by" value="client">
        {t('desk.markMissed.client')}
      </button>
    )}
    <button class="b" name="by" value="institution">
      {t('desk.markMissed.institution')}
    </button>
  </form>
)
