import { type IconName, iconMarkup } from '../call/icons'

/** An icon beside its word. `size` in pixels. */
export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }) => (
  <span class="icon" dangerouslySetInnerHTML={{ __html: iconMarkup(name, size) }} />
)
