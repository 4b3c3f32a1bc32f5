import type { Language } from '../texts/catalogue'
import { site } from './site'

/** A text that names the help line: its number can be pressed on a phone. */
export const PhoneText = ({ language, text }: { language: Language; text: string }) => {
  const facts = site()
  const number = facts?.words[language].phone
  const at = number === undefined ? -1 : text.indexOf(number)
  if (!facts || number === undefined || at < 0) return <>{text}</>
  return (
    <>
      {text.slice(0, at)}
      <a class="nowrap" href={`tel:${facts.phoneE164}`}>
        {number}
      </a>
      {text.slice(at + number.length)}
    </>
  )
}
