import { bootId, type BootTexts } from '../../contract/boot'
import { bootJson } from '../boot-texts'

/** What the page's script starts from. */
export const BootScript = ({ boot }: { boot: BootTexts<string, string> }) => (
  <script id={bootId} type="application/json" dangerouslySetInnerHTML={{ __html: bootJson(boot) }} />
)
