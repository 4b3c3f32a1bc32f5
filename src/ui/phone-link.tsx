import type { Language } from '../texts/catalogue'
import { site } from './site'

/** The help line in large type, to be pressed on a phone. Nothing before the site's facts are known. */
export const PhoneLink = ({ language }: { language: Language }) => {
  const facts = site()
  return facts ? (
    <p>
      <a class="phone nowrap" href={`tel:${facts.phoneE164}`}>
        {facts.words[language].phone}
      </a>
    </p>
  ) : null
}
