import { type MeetingBoot, meetingIds } from '../../contract/meeting-boot'
import type { ChatLine, Participant } from '../../contract/signalling'
import { longestChatMessage } from '../../contract/visit-matters'
import { byId } from '../call/boot-data'
import type { ChatView } from '../call/chat-view'
import { element, setText, show } from '../call/dom'
import type { Room } from '../call/room'
import type { MeetingTexts } from './meeting-texts'

/** The chat of the call: panel, unread count, and lines that wait for the connection. */
export interface ChatPanel {
  update(): void
}

export function createChatPanel(texts: MeetingTexts, room: Room, boot: MeetingBoot): ChatPanel {
  const { you, timeZone } = boot
  const { text, count } = texts
  const panel = byId(meetingIds.chat, HTMLElement)
  const list = byId(meetingIds.chatList, HTMLElement)
  const note = byId(meetingIds.chatNote, HTMLElement)
  const field = byId(meetingIds.chatText, HTMLInputElement)
  const opener = byId(meetingIds.chatOpen, HTMLButtonElement)
  let drawn: ChatView | null = null
  let read = 0

  const authors: Record<Participant, string> = {
    officer: text('call.officer'),
    client: text('call.picture.client'),
    guardian: text('call.guardian'),
    interpreter: text('call.interpreter'),
  }
  const time = (sentAt: string): string =>
    new Date(sentAt).toLocaleTimeString(document.documentElement.lang, {
      timeZone,
      hour: 'numeric',
      minute: '2-digit',
    })
  const lineOf = (head: string, words: string, mine: boolean): HTMLElement =>
    element('li', { class: mine ? 'me' : '' }, element('small', {}, head), element('p', {}, words))

  const draw = (chat: ChatView): void => {
    list.textContent = ''
    const nameOf = ({ author }: ChatLine): string => (author === you ? text('call.you') : authors[author])
    for (const line of chat.lines)
      list.appendChild(lineOf(`${nameOf(line)}, ${time(line.sentAt)}`, line.text, line.author === you))
    for (const line of chat.unsent) list.appendChild(lineOf(text('call.you'), line.text, true))
    if (list.childElementCount === 0) list.appendChild(element('li', {}, text('call.chat.empty')))
    list.scrollTop = list.scrollHeight
  }

  const turn = (open: boolean): void => {
    show(panel, open)
    panel.parentElement?.classList.toggle('with-chat', open)
    if (open) field.focus()
    else opener.focus()
    update()
  }
  opener.addEventListener('click', () => turn(panel.hasAttribute('hidden')))
  byId(meetingIds.chatClose, HTMLButtonElement).addEventListener('click', () => turn(false))
  byId(meetingIds.chatForm, HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault()
    const words = field.value.trim()
    if (words === '') return
    if (words.length > longestChatMessage) {
      setText(note, text('call.chat.tooLong', { max: longestChatMessage }))
      return
    }
    room.say(words)
    field.value = ''
  })

  function update(): void {
    const { chat, signalling } = room.view()
    if (chat !== drawn) {
      drawn = chat
      draw(chat)
    }
    const isLate = chat.unsent.length > 0 && signalling !== 'open'
    setText(note, text(isLate ? 'call.chat.failed' : 'call.chat.kept'))
    const others = chat.lines.filter(({ author }) => author !== you).length
    if (!panel.hidden) read = others
    const word = opener.querySelector('span')
    const unread = others - read
    if (word) setText(word, unread > 0 ? count('call.chat.unread', unread) : text('call.chat'))
    opener.setAttribute('data-unread', String(unread))
    setText(
      byId(meetingIds.watermark, HTMLElement),
      `${boot.visit.number} · ${time(room.clock.now().toISOString())}`,
    )
  }
  return { update }
}
