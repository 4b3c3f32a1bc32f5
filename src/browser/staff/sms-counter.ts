import { fillPlaceholders } from '../../contract/plain-placeholders'
import { smsParts, unitsInOnePart } from '../../contract/sms-parts'

/** Screen readers hear of the parts once somebody rests, not with every sign. */
const restMs = 1000

/** Counts the parts of the SMS that somebody is writing. Without it the preview counts them. */
function countWhileTyping(counter: HTMLElement): void {
  const wording = document.getElementById(counter.dataset.smsCounter ?? '') as HTMLTextAreaElement | null
  const { values = '{}', words = '', tooLong = '', unknown = '' } = counter.dataset
  const seen = counter.querySelector<HTMLElement>('[data-seen]')
  const said = counter.querySelector<HTMLElement>('[data-said]')
  if (!wording || !seen || !said) return
  const filledWith = JSON.parse(values) as Record<string, string>

  const inWords = (): { text: string; said: string; isTooLong: boolean } => {
    const filled = fillPlaceholders(wording.value.trim(), filledWith)
    if (filled === undefined) return { text: unknown, said: unknown, isTooLong: false }
    const count = smsParts(filled)
    const { encoding, units, parts } = count
    const isTooLong = parts > 1
    const most = String(unitsInOnePart(count))
    const numbers = { encoding, units: String(units), most, parts: String(parts) }
    const text = fillPlaceholders(isTooLong ? tooLong : words, numbers) ?? ''
    return { text, said: `${encoding} ${parts}`, isTooLong }
  }

  let last = inWords().said
  let rest: number | undefined
  const show = (): void => {
    const { text, said: news, isTooLong } = inWords()
    seen.textContent = text
    seen.classList.toggle('bad', isTooLong)
    window.clearTimeout(rest)
    rest = window.setTimeout(() => {
      // Only when another encoding or number of parts has come of it
      if (news === last) return
      last = news
      said.textContent = text
    }, restMs)
  }
  wording.addEventListener('input', show)
  show()
}

for (const counter of document.querySelectorAll<HTMLElement>('[data-sms-counter]')) countWhileTyping(counter)
