import { type PlayerBoot, playerIds } from '../../contract/player-boot'
import { byId, createTexts, readBoot } from '../call/boot-data'
import { createMasterClock } from './master-clock'
import { actOfKey, chapterFrom, type PlayerAct } from './shortcut'
import { createTile, part } from './tile'
import { keepWatermark } from './watermark'

/** So often every file is compared with the clock. */
const followEveryMilliseconds = 100
/** Jumps that come closer together than this are one. */
const seekTellMilliseconds = 400

const boot = readBoot() as PlayerBoot
const { text } = createTexts(boot)
const { durationMs, chapters } = boot
const stage = byId(playerIds.stage, HTMLElement)
const message = byId(playerIds.message, HTMLElement)
const timeline = byId(playerIds.timeline, HTMLElement)
const position = byId(playerIds.position, HTMLElement)
const play = byId(playerIds.play, HTMLButtonElement)
const speed = byId(playerIds.speed, HTMLSelectElement)
const useShortcuts = byId(playerIds.shortcuts, HTMLInputElement)
const head = part(timeline, '.head', SVGRectElement)
const played = part(timeline, '.played', SVGRectElement)
const moments = [...document.querySelectorAll<HTMLElement>('[data-at]')]

const clock = createMasterClock(durationMs, () => performance.now())
let wanted = false
let refused = false

const tiles = boot.files.map((file) =>
  createTile(part(stage, `[data-file="${file.name}"]`, HTMLElement), file, () => void explain()),
)

/** Why a file cannot be played: the server says so with a status. */
async function explain(): Promise<void> {
  const [file] = boot.files
  if (!file || refused) return
  refused = true
  const answer = await fetch(file.address, { method: 'HEAD' }).catch(() => undefined)
  message.textContent = text(answer && !answer.ok ? 'player.stopped' : 'player.failed')
  setPlaying(false)
}

function follow(): void {
  const ms = clock.position()
  const ready = tiles.every((tile) => tile.isReady(ms))
  if (wanted && ms >= durationMs) setPlaying(false)
  // Whoever has to load something holds everybody up: side by side means at the same moment
  clock.run(wanted && ready)
  for (const tile of tiles) tile.follow(ms, { playing: wanted && ready, speed: clock.speed })
  if (!refused) message.textContent = wanted && !ready ? text('player.waiting') : ''
  tell(ms)
}

const clockWords = (ms: number): string => {
  const seconds = Math.floor(ms / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}
const total = clockWords(durationMs)
let toldSecond = -1

function tell(ms: number): void {
  const share = ms / Math.max(durationMs, 1)
  head.setAttribute('x', String(share * 997))
  played.setAttribute('width', String(share * 1000))
  const second = Math.floor(ms / 1000)
  if (second === toldSecond) return
  toldSecond = second
  position.textContent = `${clockWords(ms)} / ${total}`
  timeline.setAttribute('aria-valuenow', String(second))
  timeline.setAttribute('aria-valuetext', text('player.position', { time: clockWords(ms) }))
  for (const list of new Set(moments.map((item) => item.parentElement))) {
    const reached = moments.filter((item) => item.parentElement === list && Number(item.dataset.at) <= ms)
    const current = reached.at(-1)
    for (const item of moments)
      if (item.parentElement === list) item.classList.toggle('is-now', item === current)
  }
}

function setPlaying(playing: boolean): void {
  if (playing && clock.position() >= durationMs) jump(0)
  wanted = playing
  play.textContent = text(playing ? 'player.pause' : 'player.play')
  if (!playing) clock.run(false)
}

let untold: ReturnType<typeof setTimeout> | undefined

function jump(ms: number): void {
  clock.run(false)
  clock.jump(ms)
  for (const tile of tiles) tile.jump(clock.position())
  toldSecond = -1
  follow()
  clearTimeout(untold)
  untold = setTimeout(() => {
    const body = new URLSearchParams({ na: String(Math.round(clock.position())) })
    fetch(boot.seekAddress, { method: 'POST', body, headers: { accept: 'application/json' } }).then(
      (answer) => {
        if (!answer.ok) void explain()
      },
      () => undefined,
    )
  }, seekTellMilliseconds)
}

function carryOut(act: PlayerAct): void {
  if (act.kind === 'toggle') setPlaying(!wanted)
  else if (act.kind === 'by') jump(clock.position() + act.ms)
  else if (act.kind === 'to') jump(durationMs * act.share)
  else if (act.kind === 'chapter') jump(chapterFrom(chapters, clock.position(), act.step, durationMs))
  else if (document.fullscreenElement) void document.exitFullscreen()
  else void stage.requestFullscreen()
  follow()
}

const press = (id: string, act: PlayerAct) => {
  byId(id, HTMLButtonElement).addEventListener('click', () => carryOut(act))
}
press(playerIds.play, { kind: 'toggle' })
press(playerIds.back, { kind: 'by', ms: -10_000 })
press(playerIds.forward, { kind: 'by', ms: 10_000 })
press(playerIds.previous, { kind: 'chapter', step: -1 })
press(playerIds.next, { kind: 'chapter', step: 1 })
press(playerIds.fullScreen, { kind: 'fullScreen' })
speed.addEventListener('change', () => clock.setSpeed(Number(speed.value)))

for (const moment of document.querySelectorAll<HTMLElement>('[data-seek]'))
  moment.addEventListener('click', () => jump(Number(moment.dataset.seek)))

timeline.addEventListener('pointerdown', (event) => {
  const seek = ({ clientX }: PointerEvent) => {
    const { left, width } = timeline.getBoundingClientRect()
    jump(((clientX - left) / width) * durationMs)
  }
  timeline.setPointerCapture(event.pointerId)
  seek(event)
  timeline.addEventListener('pointermove', seek)
  timeline.addEventListener('lostpointercapture', () => timeline.removeEventListener('pointermove', seek), {
    once: true,
  })
})

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return
  const { target } = event
  const onTimeline = target === timeline
  // Single keys can be switched off; a slider keeps its own
  if (!useShortcuts.checked && !(onTimeline && /^(?:Arrow|Home|End)/.test(event.key))) return
  if (target instanceof HTMLElement && /^(?:INPUT|SELECT|TEXTAREA)$/.test(target.tagName)) return
  // A focused button or link is what the space bar presses
  if (event.key === ' ' && target instanceof HTMLElement && /^(?:BUTTON|A|SUMMARY)$/.test(target.tagName))
    return
  const act = actOfKey(event.key)
  if (!act) return
  event.preventDefault()
  carryOut(act)
})

const ahead = Date.parse(boot.now) - Date.now()
keepWatermark(byId(playerIds.watermark, HTMLElement), {
  viewer: boot.viewer,
  timeZone: boot.timeZone,
  now: () => new Date(Date.now() + ahead),
})
document.addEventListener('contextmenu', (event) => {
  if (event.target instanceof HTMLVideoElement) event.preventDefault()
})
setInterval(follow, followEveryMilliseconds)
follow()
