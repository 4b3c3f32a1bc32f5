import type { LinkFigures } from '../call/link-figures'
import type { CallTexts } from './call-notices'
import { Icon } from './icon'

/** What the line to the client carries; loss and delay are said on pointing at it, and to screen readers. */
export function LinkLine({ figures, texts: { text } }: { figures: LinkFigures; texts: CallTexts }) {
  const down = (figures.down / 1_000_000).toFixed(1).replace('.', ',')
  const all = text('desk.call.quality', {
    down,
    loss: Math.round(figures.lossPercent),
    rtt: Math.round(figures.roundTripMilliseconds ?? 0),
  })
  return (
    <span class="link" title={all}>
      <Icon name="signal" />
      <span aria-hidden="true">{text('desk.call.speed', { down })}</span>
      <span class="hide">{all}</span>
    </span>
  )
}
