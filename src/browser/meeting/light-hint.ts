import { type LightReading, readLight } from '../call/light'
import { createSince } from '../call/since'

/** A cloud or a hand passes; a hint that flickers is read by nobody. */
const lastsMilliseconds = 3000

type LightHintKey = 'wait.hint.light' | 'wait.hint.backlight'

const hints: Partial<Record<LightReading, LightHintKey>> = {
  dark: 'wait.hint.light',
  backlight: 'wait.hint.backlight',
}

/**
 * What to say about the light, once it has been so for a while: called with the brightness of the picture
 * (`brightnessOf`), null while there is no picture.
 */
export function createLightHint(): (points: readonly number[] | null, now: number) => LightHintKey | null {
  const otherSince = createSince()
  let said: LightHintKey | null = null
  return (points, now) => {
    const seen = points === null ? null : (hints[readLight(points)] ?? null)
    const since = otherSince(seen !== said, now)
    if (points === null || (since !== null && now - since >= lastsMilliseconds)) {
      said = seen
      otherSince(false, now)
    }
    return said
  }
}
