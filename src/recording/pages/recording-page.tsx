import type { ComponentChildren, VNode } from 'preact'
import { dateWords, timeOfDay } from '../../platform/i18n/dates'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import { personWords } from '../player-facts'
import { recordingAddresses, reasonField, recordingsPath } from '../recording-addresses'
import type { RecordingFacts } from '../recording-facts'
import { gapsWords, lengthWords } from '../recording-words'
import { longestReason } from '../view-recording'
import { StateTags } from './recordings-page'

export type ReasonForm = 'watch' | 'hold' | 'release' | 'erase'

export interface ShownRecording {
  facts: RecordingFacts
  branch: string
  topic: string
  timeZone: string
  /** What a form of the page was refused for, and what was typed in it. */
  problem: { form: ReasonForm; message: string; typed: string } | null
}

interface Part {
  page: StaffPage
  shown: ShownRecording
}

/** One recording: what is known of it, who watched it, and what may be done with it. */
export const recordingPage = (page: StaffPage, shown: ShownRecording): VNode => {
  const { t } = page.staffTexts
  const { facts } = shown
  return (
    <StaffFrame page={page} title={t('recording.title', { number: facts.number })} current="recordings">
      <main class="page">
        <div class="bar-top">
          <h1>{t('recording.title', { number: facts.number })}</h1>
          <StateTags page={page} shown={facts.shown} held={facts.hold !== null} />
          <span class="grow" />
          <a class="b" href={recordingsPath}>
            <Icon name="back" size={20} />
            {t('recording.back')}
          </a>
        </div>
        <div class="body recording">
          <div>
            <Facts page={page} shown={shown} />
            <Gaps page={page} shown={shown} />
            <Watchers page={page} shown={shown} />
          </div>
          <div>
            <Watch page={page} shown={shown} />
            <Keeping page={page} shown={shown} />
          </div>
        </div>
      </main>
    </StaffFrame>
  )
}

const Facts = ({ page, shown: { facts, branch, topic, timeZone } }: Part) => {
  const { t } = page.staffTexts
  const { recording, summary } = facts
  const row = (text: Parameters<typeof t>[0], value: ComponentChildren) => (
    <>
      <dt>{t(text)}</dt>
      <dd>{value}</dd>
    </>
  )
  return (
    <section class="card" aria-labelledby="o-nagraniu">
      <h2 id="o-nagraniu">{t('recording.facts')}</h2>
      <dl class="kv">
        {row(
          'recordings.column.when',
          `${dateWords(recording.startedAt, 'pl', timeZone)}, ${timeOfDay(recording.startedAt, timeZone)}`,
        )}
        {row('recordings.column.length', lengthWords(summary) ?? t('recording.length.unknown'))}
        {row('recordings.column.branch', branch)}
        {row('desk.visit.topic', topic)}
        {row('desk.list.column.officer', facts.officer ?? '–')}
        {facts.client !== null && row('desk.list.column.client', facts.client || page.texts.t('ui.erased'))}
        {summary &&
          row(
            'recording.participants',
            summary.participants.map((one) => personWords(page.staffTexts, one)).join(', '),
          )}
        {summary && row('recording.screens', summary.screens)}
      </dl>
    </section>
  )
}

const Gaps = ({ page, shown: { facts, timeZone } }: Part) => {
  const { t } = page.staffTexts
  const { summary, choices } = facts
  return (
    <section class="card" aria-labelledby="luki">
      <h2 id="luki">{t('recording.gaps.title')}</h2>
      {!summary && <p class="muted">{t('recording.length.unknown')}</p>}
      {summary?.gaps.length === 0 && <p>{t('recording.gaps.none')}</p>}
      {summary && summary.gaps.length > 0 && (
        <>
          <p>{gapsWords(page.staffTexts, summary)}</p>
          <ul class="lines">
            {summary.gaps.map(({ seconds, why }, position) => (
              <li key={position}>
                {t('recording.gap.line', {
                  n: Math.max(1, Math.round(seconds)),
                  reason: t(`recording.why.${why}`),
                })}
              </li>
            ))}
          </ul>
        </>
      )}
      {choices.length > 0 && (
        <>
          <h3>{t('recording.choices.title')}</h3>
          <ul class="lines">
            {choices.map(({ at, officer, choice, reason }, position) => (
              <li key={position}>
                {t(`recording.choice.${choice}`, { time: timeOfDay(at, timeZone), officer, reason })}
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

const Watchers = ({ page, shown: { facts, timeZone } }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby="kto-ogladal">
      <h2 id="kto-ogladal">{t('recording.watchers')}</h2>
      {facts.views.length === 0 ? (
        <p class="muted">{t('recording.watchers.none')}</p>
      ) : (
        <ul class="lines">
          {facts.views.map(({ openedAt, name, reason }, position) => (
            <li key={position}>
              {dateWords(openedAt, 'pl', timeZone)}, {timeOfDay(openedAt, timeZone)} – <b>{name}</b>
              {reason !== null && (
                <span class="muted">
                  <br />
                  {t('recording.watchers.reason')}: {reason}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const Watch = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { recording } = shown.facts
  return (
    <section class="card" aria-labelledby="ogladanie">
      <h2 id="ogladanie">{t('recording.view.button')}</h2>
      {recording.wrappedKey === null ? (
        <p>{t('recording.refused.erased')}</p>
      ) : recording.run === null ? (
        <p class="n">
          <Icon name="clock" size={20} />
          {t('recording.view.notReady')}
        </p>
      ) : (
        <ReasonForm page={page} shown={shown} form="watch" button="recording.view.button" go />
      )}
    </section>
  )
}

const Keeping = ({ page, shown }: Part) => {
  const { t } = page.staffTexts
  const { facts, timeZone } = shown
  const { hold, erasure, recording, mayKeep } = facts
  return (
    <section class="card" aria-labelledby="przechowywanie">
      <h2 id="przechowywanie">{t('recording.keeping')}</h2>
      {erasure && (
        <>
          <p>{t('desk.recording.erased', { dateWords: dateWords(erasure.at, 'pl', timeZone) })}</p>
          <p>
            {erasure.name === null
              ? t('recording.erased.expired')
              : t('recording.erased.by', { name: erasure.name, reason: mayKeep ? erasure.reason : '–' })}
          </p>
          <p class="muted">{t(erasure.gone ? 'recording.erased.gone' : 'recording.erased.bytes')}</p>
        </>
      )}
      {!erasure && hold && (
        <p class="n">
          <Icon name="info" size={20} />
          <span>
            {t('recording.held', {
              dateWords: dateWords(hold.at, 'pl', timeZone),
              name: hold.name,
              reason: mayKeep ? hold.reason : '–',
            })}
          </span>
        </p>
      )}
      {!erasure && !hold && (
        <p>{t('recording.keepUntil', { dateWords: dateWords(recording.keepUntil, 'pl', timeZone) })}</p>
      )}
      {mayKeep && !erasure && (
        <>
          {hold ? (
            <ReasonForm page={page} shown={shown} form="release" button="recording.release" />
          ) : (
            <>
              <ReasonForm page={page} shown={shown} form="hold" button="desk.recording.hold" />
              <ReasonForm page={page} shown={shown} form="erase" button="recording.erase" red />
            </>
          )}
        </>
      )}
    </section>
  )
}

const labels = {
  watch: ['desk.recording.view.reason', 'recording.view.hint'],
  hold: ['recording.hold.reason', 'recording.hold.hint'],
  release: ['recording.release.reason', 'recording.release.hint'],
  erase: ['recording.erase.reason', 'recording.erase.hint'],
} as const

interface ReasonFormProps extends Part {
  form: ReasonForm
  button: 'recording.view.button' | 'desk.recording.hold' | 'recording.release' | 'recording.erase'
  go?: boolean
  red?: boolean
}

const ReasonForm = ({ page, shown, form, button, go = false, red = false }: ReasonFormProps) => {
  const { t } = page.staffTexts
  const id = `${reasonField}-${form}`
  const problem = shown.problem?.form === form ? shown.problem : null
  const [label, hint] = labels[form]
  return (
    <form class="reason-form" action={recordingAddresses(shown.facts.recording.visitId)[form]} method="post">
      <div class="f">
        <label for={id}>{t(label)}</label>
        <textarea
          id={id}
          name={reasonField}
          rows={2}
          maxLength={longestReason}
          required
          aria-invalid={problem !== null}
          aria-describedby={problem ? `${id}-blad ${id}-opis` : `${id}-opis`}
        >
          {problem?.typed}
        </textarea>
        {problem && (
          <p id={`${id}-blad`} class="n n-warn" role="alert">
            <Icon name="alert" size={20} />
            {problem.message}
          </p>
        )}
        <p id={`${id}-opis`} class="muted small">
          {t(hint)}
        </p>
      </div>
      <button class={go ? 'b b-go' : red ? 'b b-red' : 'b'}>{t(button)}</button>
    </form>
  )
}
