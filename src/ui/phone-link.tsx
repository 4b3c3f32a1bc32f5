import type { Language } from '../texts/catalogue'
import { site } from './site'

/** The help line in large type with its hours. Nothing before the site's facts are known. */
export const PhoneLink = ({ language }: { language: Language }) => {
  const facts = site()
  if (!facts) return null
  const { phone, phoneHours } = facts.words[language]
  return (
    <p>
      <a class="phone nowrap" href={`tel:${facts.phoneE164}`}>
        {phone}
      </a>
      <br />
      <span class="muted small">{phoneHours}</span>
    </p>
  )
}
