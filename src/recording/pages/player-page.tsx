import type { VNode } from 'preact'
import { type PlayerBoot, playerIds } from '../../contract/player-boot'
import type { RecordingIndex } from '../../contract/recording-index'
import { StaffFrame, type StaffPage } from '../../staff/pages/staff-frame'
import { Icon } from '../../ui/icons'
import { BootScript } from '../../visit/pages/boot-script'
import { clockWords, personWords, type Said } from '../player-facts'
import { Timeline } from './timeline'

export interface ShownPlayer {
  boot: PlayerBoot
  index: RecordingIndex
  said: readonly Said[]
  number: string
  /** Of the recording's page. */
  back: string
  /** Null: recordings are not taken along here. */
  packageAddress: string | null
}

interface Part {
  page: StaffPage
  shown: ShownPlayer
}

/** The player: everybody side by side on one clock, and the same in words beside it. */
export const playerPage = (page: StaffPage, shown: ShownPlayer): VNode => {
  const { t } = page.staffTexts
  return (
    <StaffFrame page={page} title={t('player.title')} current="recordings" script="player">
      <main class="page">
        <div class="bar-top">
          <h1>{t('recording.title', { number: shown.number })}</h1>
          <span class="grow" />
          {shown.packageAddress !== null && (
            <form action={shown.packageAddress} method="post">
              <button class="b">
                <Icon name="download" size={20} />
                {t('recording.package.button')}
              </button>
            </form>
          )}
          <a class="b" href={shown.back}>
            <Icon name="back" size={20} />
            {t('player.leave')}
          </a>
        </div>
        <div class="watching">
          <Stage page={page} shown={shown} />
          <div class="watch-side">
            <Chapters page={page} shown={shown} />
            <SaidList page={page} shown={shown} />
            <Gaps page={page} shown={shown} />
            <Keys page={page} shown={shown} />
          </div>
        </div>
      </main>
      <BootScript boot={shown.boot} />
    </StaffFrame>
  )
}

const Stage = ({ page, shown: { boot, index } }: Part) => {
  const { t } = page.staffTexts
  return (
    <section id={playerIds.stage} class="watch-stage" aria-label={t('player.area')}>
      <noscript>
        <p role="alert">{t('desk.noScript')}</p>
      </noscript>
      <div class="tiles" data-files={index.files.length}>
        {index.files.map((file, position) => {
          const person = personWords(page.staffTexts, file.participant)
          const name = file.kind === 'screen' ? t('player.screen', { name: person }) : person
          return (
            <figure key={file.name} class="tile" data-file={file.name}>
              <video preload="auto" playsInline src={boot.files[position]?.address} tabIndex={-1} />
              <p class="no-picture" hidden>
                {t('player.noPicture')}
              </p>
              <figcaption>
                <span class="tile-name">{name}</span>
                <span class="tile-muted" hidden>
                  {t('player.muted')}
                </span>
                {file.kind === 'person' && (
                  <>
                    <button type="button" class="mute" aria-pressed="false">
                      {t('player.mute', { name })}
                    </button>
                    <input
                      type="range"
                      class="volume"
                      min="0"
                      max="100"
                      value="100"
                      aria-label={t('player.volume', { name })}
                    />
                  </>
                )}
                <button
                  type="button"
                  class="enlarge"
                  aria-pressed="false"
                  aria-label={t('player.enlarge', { name })}
                >
                  <Icon name="fullScreen" size={18} />
                </button>
              </figcaption>
            </figure>
          )
        })}
        <div id={playerIds.watermark} class="watermark" aria-hidden="true" />
      </div>
      <p id={playerIds.message} class="watch-message" role="status" />
      <Timeline page={page} index={index} />
      <Controls page={page} total={clockWords(boot.durationMs)} />
    </section>
  )
}

const speeds = ['0.5', '0.75', '1', '1.25', '1.5', '2']

const Controls = ({ page, total }: { page: StaffPage; total: string }) => {
  const { t } = page.staffTexts
  return (
    <div class="watch-controls">
      <button type="button" id={playerIds.play} class="b b-go">
        {t('player.play')}
      </button>
      <button type="button" id={playerIds.back} class="b">
        <span aria-hidden="true">−10 s</span>
        <span class="hide">{t('player.back')}</span>
      </button>
      <button type="button" id={playerIds.forward} class="b">
        <span aria-hidden="true">+10 s</span>
        <span class="hide">{t('player.forward')}</span>
      </button>
      <button
        type="button"
        id={playerIds.previous}
        class="b b-icon"
        aria-label={t('player.chapter.previous')}
      >
        <Icon name="back" size={20} />
      </button>
      <button type="button" id={playerIds.next} class="b b-icon" aria-label={t('player.chapter.next')}>
        <Icon name="next" size={20} />
      </button>
      <span id={playerIds.position} class="watch-position">
        0:00 / {total}
      </span>
      <span class="grow" />
      <label class="watch-speed">
        {t('player.speed')}
        <select id={playerIds.speed}>
          {speeds.map((speed) => (
            <option key={speed} value={speed} selected={speed === '1'}>
              {speed.replace('.', ',')}×
            </option>
          ))}
        </select>
      </label>
      <button type="button" id={playerIds.fullScreen} class="b">
        <Icon name="fullScreen" size={20} />
        {t('player.fullScreen')}
      </button>
    </div>
  )
}

/** A moment that one can jump to. */
const Moment = ({ atMs, words }: { atMs: number; words?: string }) => (
  <button type="button" class="moment" data-seek={atMs}>
    <b>{clockWords(atMs)}</b>
    {words !== undefined && ` ${words}`}
  </button>
)

const Chapters = ({ page, shown: { index } }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby="rozdzialy">
      <h2 id="rozdzialy">{t('player.chapters')}</h2>
      {index.chapters.length === 0 ? (
        <p class="muted">{t('player.chapters.none')}</p>
      ) : (
        <ol class="moments">
          {index.chapters.map(({ atMs, kind }) => (
            <li key={`${atMs} ${kind}`} data-at={atMs}>
              <Moment atMs={atMs} words={t(`player.chapter.${kind}`)} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

const SaidList = ({ page, shown: { said } }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby="czat">
      <h2 id="czat">{t('player.chat')}</h2>
      {said.length === 0 ? (
        <p class="muted">{t('player.chat.none')}</p>
      ) : (
        <ol class="moments said">
          {said.map(({ atMs, who, words, isWarning }, position) => (
            <li key={position} data-at={atMs} class={isWarning ? 'is-warning' : undefined}>
              <Moment atMs={atMs} words={who} />
              <p>{words}</p>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

const Gaps = ({ page, shown: { index } }: Part) => {
  const { t } = page.staffTexts
  const whose = ({
    participant,
    kind,
  }: {
    participant: Parameters<typeof personWords>[1]
    kind: 'audio' | 'video' | 'screen'
  }) => `${personWords(page.staffTexts, participant)}, ${t(`player.kind.${kind}`)}`
  return (
    <section class="card" aria-labelledby="luki">
      <h2 id="luki">{t('player.gaps')}</h2>
      {index.gaps.length === 0 ? (
        <p class="muted">{t('recording.gaps.none')}</p>
      ) : (
        <ol class="moments">
          {index.gaps.map((gap, position) => (
            <li key={position}>
              <button type="button" class="moment" data-seek={Math.max(0, gap.fromMs)}>
                {t('player.gap', {
                  start: clockWords(gap.fromMs),
                  end: clockWords(gap.toMs),
                  name: whose(gap),
                  reason: t(`recording.why.${gap.why}`),
                })}
              </button>
            </li>
          ))}
        </ol>
      )}
      {index.mutes.length > 0 && (
        <>
          <h3>{t('player.mutes')}</h3>
          <ol class="moments">
            {index.mutes.map((mute, position) => (
              <li key={position}>
                <button type="button" class="moment" data-seek={Math.max(0, mute.fromMs)}>
                  {t('player.mute.line', {
                    start: clockWords(mute.fromMs),
                    end: clockWords(mute.toMs),
                    name: whose(mute),
                  })}
                </button>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

const keyNames = ['play', 'step', 'edges', 'digits', 'chapters', 'fullScreen'] as const

const Keys = ({ page }: Part) => {
  const { t } = page.staffTexts
  return (
    <section class="card" aria-labelledby="klawisze">
      <h2 id="klawisze">{t('desk.shortcuts.title')}</h2>
      <ul class="watch-keys">
        {keyNames.map((name) => (
          <li key={name}>{t(`player.keys.${name}`)}</li>
        ))}
      </ul>
      <label class="ck">
        <input type="checkbox" id={playerIds.shortcuts} checked />
        {t('desk.shortcuts.use')}
      </label>
    </section>
  )
}
