import type { DeskAnswer } from '../../contract/desk-boot'

interface KeepAgreedParts {
  /** The words to the client; typed until the visit ends. */
  field: HTMLTextAreaElement
  /** Undefined when the server could not be reached. */
  save: (words: string) => Promise<DeskAnswer | undefined>
  onAnswer: (answer: DeskAnswer | undefined) => void
}

const pauseMilliseconds = 1000
const againMilliseconds = 3000

/**
 * Sends what is typed after each pause, one at a time and the last words last, until the server has them: a
 * workstation that dies takes nothing along. Returns the end of it.
 */
export function keepAgreed({ field, save, onAnswer }: KeepAgreedParts): () => void {
  let kept = field.value
  let isSending = false
  let hasEnded = false
  let timer: number | undefined

  const sendIn = (milliseconds: number): void => {
    window.clearTimeout(timer)
    if (!hasEnded) timer = window.setTimeout(() => void send(), milliseconds)
  }
  const send = async (): Promise<void> => {
    const words = field.value
    if (isSending || words === kept) return
    isSending = true
    const answer = await save(words)
    isSending = false
    // Words that were refused are sent again once they are others
    if (answer) kept = words
    if (hasEnded) return
    onAnswer(answer)
    if (!answer) sendIn(againMilliseconds)
    else if (field.value !== kept) sendIn(0)
  }
  const typed = (): void => sendIn(pauseMilliseconds)
  const left = (): void => sendIn(0)
  field.addEventListener('input', typed)
  field.addEventListener('change', left)
  return () => {
    hasEnded = true
    window.clearTimeout(timer)
    field.removeEventListener('input', typed)
    field.removeEventListener('change', left)
  }
}
