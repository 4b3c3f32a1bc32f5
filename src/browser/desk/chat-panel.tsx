import { useEffect, useRef, useState } from 'preact/hooks'
import { longestChatMessage } from '../../contract/visit-matters'
import type { ChatLine } from '../../contract/signalling'
import type { ChatView } from '../call/chat-view'
import type { CallTexts } from './call-notices'
import { Icon } from './icon'

interface ChatProps {
  texts: CallTexts
  chat: ChatView
  timeZone: string
  onSay: (words: string) => void
}

const authors = {
  officer: 'desk.call.you',
  client: 'desk.call.client',
  guardian: 'desk.call.guardian',
  interpreter: 'desk.call.interpreter',
} as const satisfies Record<ChatLine['author'], string>

/** What was written in the visit; unsent lines say so and go by themselves. */
export function ChatPanel({ texts: { text }, chat, timeZone, onSay }: ChatProps) {
  const [words, setWords] = useState('')
  const list = useRef<HTMLOListElement>(null)
  const count = chat.lines.length + chat.unsent.length
  useEffect(() => {
    list.current?.lastElementChild?.scrollIntoView({ block: 'nearest' })
  }, [count])
  const say = (event: Event) => {
    event.preventDefault()
    if (words.trim() === '') return
    onSay(words.trim())
    setWords('')
  }
  const time = (sentAt: string) =>
    new Date(sentAt).toLocaleTimeString('pl', { timeZone, hour: 'numeric', minute: '2-digit' })
  return (
    <section class="chat" aria-label={text('desk.call.chat')}>
      <ol ref={list} tabIndex={0} aria-live="polite" aria-label={text('desk.call.chat')}>
        {chat.lines.map((line) => (
          <li key={line.id} class={line.author === 'officer' ? 'me' : ''}>
            <small>
              {text(authors[line.author])}, {time(line.sentAt)}
            </small>
            <p>{line.text}</p>
          </li>
        ))}
        {chat.unsent.map((line) => (
          <li key={line.id} class="me">
            <small>{text('desk.call.chat.unsent')}</small>
            <p>{line.text}</p>
          </li>
        ))}
      </ol>
      <form onSubmit={say}>
        <label class="hide" for="czat-tekst">
          {text('desk.call.chat.label')}
        </label>
        <input
          id="czat-tekst"
          value={words}
          maxLength={longestChatMessage}
          autocomplete="off"
          placeholder={text('desk.call.chat.label')}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <button aria-label={text('desk.call.chat.send')}>
          <Icon name="send" />
        </button>
      </form>
    </section>
  )
}
