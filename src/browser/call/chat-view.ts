import type { ChatLine } from '../../contract/signalling'

/** A message of ours that the server has not confirmed yet. */
export interface UnsentLine {
  id: string
  text: string
}

/** The chat as a page knows it. */
export interface ChatView {
  /** In the order of the server. */
  lines: readonly ChatLine[]
  /** Ours, in the order in which they were written. */
  unsent: readonly UnsentLine[]
}

export const emptyChat: ChatView = { lines: [], unsent: [] }

/** Lines may come twice and in any order; an echo of ours is the confirmation. */
export function heard(chat: ChatView, lines: readonly ChatLine[]): ChatView {
  const fresh = lines.filter(
    (line, index) =>
      !chat.lines.some(({ id }) => id === line.id) && lines.findIndex(({ id }) => id === line.id) === index,
  )
  const unsent = chat.unsent.filter(({ id }) => !lines.some((line) => line.id === id))
  if (fresh.length === 0 && unsent.length === chat.unsent.length) return chat
  return { lines: chat.lines.concat(fresh).sort((a, b) => a.position - b.position), unsent }
}

export const saying = (chat: ChatView, line: UnsentLine): ChatView => ({
  ...chat,
  unsent: chat.unsent.concat([line]),
})
