import { expect, test } from 'vitest'
import { createChatSender } from './chat-sender'
import { type ChatView, emptyChat, heard, saying } from './chat-view'

const line = (n: number) => ({ id: `line ${n}`, text: `${n}` })
const echo = (n: number) => ({
  ...line(n),
  position: n,
  author: 'client' as const,
  sentAt: '2026-12-29T09:00:00Z',
})

test('what was written while the line was down goes line by line, each once, in order', () => {
  const sent: string[] = []
  let isOpen = false
  const sendNext = createChatSender(({ id }) => {
    if (isOpen) sent.push(id)
    return isOpen
  })
  let chat: ChatView = emptyChat
  for (let n = 1; n <= 30; n++) {
    chat = saying(chat, line(n))
    sendNext(chat.unsent, false)
  }
  expect(sent).toEqual([])
  isOpen = true
  sendNext(chat.unsent, true)
  for (let n = 1; n <= 30; n++) {
    expect(sent).toHaveLength(n)
    chat = heard(chat, [echo(n)])
    sendNext(chat.unsent, false)
  }
  expect(sent).toEqual(Array.from({ length: 30 }, (_, n) => line(n + 1).id))
  expect(chat.unsent).toEqual([])
})

test('a line without an echo goes again when asked to, not for what others say', () => {
  const sent: string[] = []
  const sendNext = createChatSender(({ id }) => sent.push(id) > 0)
  const { unsent } = saying(emptyChat, line(1))
  sendNext(unsent, false)
  sendNext(unsent, false)
  expect(sent).toHaveLength(1)
  sendNext(unsent, true)
  expect(sent).toHaveLength(2)
})
