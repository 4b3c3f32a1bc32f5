/** Newer than the types of the browser. */
interface BlurSettings {
  backgroundBlur?: boolean
}
interface BlurCapabilities {
  backgroundBlur?: boolean[]
}

/** The blur that the person's system puts behind them: it blurs a document in their hand as well. */
export interface BackgroundBlur {
  /** Off while a document is shown, as before afterwards; also for a camera that was changed meanwhile. */
  update(camera: MediaStreamTrack | null, showsDocument: boolean): void
}

export function createBackgroundBlur(): BackgroundBlur {
  /** Cameras that we have switched it off for. */
  const cleared = new Set<MediaStreamTrack>()
  return {
    update(camera, showsDocument) {
      for (const track of Array.from(cleared)) {
        if (showsDocument && track === camera) continue
        cleared.delete(track)
        if (track.readyState === 'live') setBlur(track, true)
      }
      if (!camera || !showsDocument || cleared.has(camera) || !isBlurred(camera)) return
      cleared.add(camera)
      setBlur(camera, false)
    },
  }
}

/** Only where the browser says that it is on and that it lets us switch it off. */
function isBlurred(track: MediaStreamTrack): boolean {
  // Unknown to old browsers
  if (!('getCapabilities' in track)) return false
  const { backgroundBlur: offered = [] } = track.getCapabilities() as BlurCapabilities
  return offered.includes(false) && (track.getSettings() as BlurSettings).backgroundBlur === true
}

function setBlur(track: MediaStreamTrack, on: boolean): void {
  // All constraints are replaced by it
  const constraints = Object.assign({}, track.getConstraints(), { backgroundBlur: on })
  track.applyConstraints(constraints).catch(() => undefined)
}
