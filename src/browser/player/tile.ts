import type { PlayerFile } from '../../contract/player-boot'
import { correctionFor, placeIn } from './drift'

/** One file on the stage. */
export interface Tile {
  /** Brings the file to where the common clock stands. */
  follow(ms: number, state: { playing: boolean; speed: number }): void
  /** Goes to the moment at once. */
  jump(ms: number): void
  /** Has what is needed to go on from this moment. */
  isReady(ms: number): boolean
  hasFailed(): boolean
}

/** Enough decoded to go on. */
const haveFutureData = 3
const haveCurrentData = 2

export function createTile(figure: HTMLElement, file: PlayerFile, onFailure: () => void): Tile {
  const video = part(figure, 'video', HTMLVideoElement)
  const noPicture = part(figure, '.no-picture', HTMLElement)
  const muted = part(figure, '.tile-muted', HTMLElement)
  const withoutPicture = noPicture.textContent
  let failed = false
  video.preservesPitch = true
  video.addEventListener('error', () => {
    failed = true
    onFailure()
  })
  listen(figure, video)

  const show = (ms: number, inside: boolean) => {
    const gap = file.gaps.find(({ fromMs, toMs }) => ms >= fromMs && ms < toMs)
    noPicture.hidden = inside && !gap
    noPicture.textContent = gap?.words ?? withoutPicture
    muted.hidden = !file.mutes.some(({ fromMs, toMs }) => ms >= fromMs && ms < toMs)
  }
  const pause = () => {
    if (!video.paused) video.pause()
  }

  return {
    follow(ms, { playing, speed }) {
      const { inside, seconds } = placeIn(file, ms)
      show(ms, inside)
      if (!playing || !inside || video.ended) {
        pause()
        return
      }
      if (video.seeking) return
      const correction = correctionFor(video.currentTime - seconds, speed)
      if (correction.kind === 'jump') video.currentTime = seconds
      else if (Math.abs(video.playbackRate - correction.rate) > 0.004) video.playbackRate = correction.rate
      // Refused only where the page may make no sound yet; the next press of a button allows it
      if (video.paused) video.play().catch(() => undefined)
    },
    jump(ms) {
      const { inside, seconds } = placeIn(file, ms)
      show(ms, inside)
      pause()
      video.currentTime = seconds
    },
    isReady(ms) {
      const { inside, seconds } = placeIn(file, ms)
      if (!inside || failed) return true
      if (video.seeking) return false
      const nearEnd = file.durationMs / 1000 - seconds < 1
      return video.readyState >= (nearEnd ? haveCurrentData : haveFutureData)
    },
    hasFailed: () => failed,
  }
}

/** Loudness of one person, and the tile made large. */
function listen(figure: HTMLElement, video: HTMLVideoElement): void {
  const mute = figure.querySelector('.mute')
  mute?.addEventListener('click', () => {
    video.muted = !video.muted
    mute.setAttribute('aria-pressed', String(video.muted))
  })
  const volume = figure.querySelector('.volume')
  if (volume instanceof HTMLInputElement)
    volume.addEventListener('input', () => {
      video.volume = Number(volume.value) / 100
    })
  const enlarge = part(figure, '.enlarge', HTMLButtonElement)
  const toggle = () => {
    const large = !figure.classList.contains('large')
    for (const other of figure.parentElement?.querySelectorAll('.tile') ?? []) {
      const isThis = other === figure && large
      other.classList.toggle('large', isThis)
      other.querySelector('.enlarge')?.setAttribute('aria-pressed', String(isThis))
    }
    figure.parentElement?.classList.toggle('has-large', large)
  }
  enlarge.addEventListener('click', toggle)
  video.addEventListener('click', toggle)
}

export function part<Found extends Element>(
  within: ParentNode,
  selector: string,
  type: new () => Found,
): Found {
  const found = within.querySelector(selector)
  if (!(found instanceof type)) throw new Error(`The page has no ${selector}`)
  return found
}
