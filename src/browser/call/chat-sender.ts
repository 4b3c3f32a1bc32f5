import type { UnsentLine } from './chat-view'

/**
 * Sends what has no echo yet, one line after the other: much that was written offline is no flood, and the order
 * stays. `anew` repeats the first line, because its echo may be lost; the server knows a line by its id.
 */
export function createChatSender(
  send: (line: UnsentLine) => boolean,
): (unsent: readonly UnsentLine[], anew: boolean) => void {
  let sentId: string | undefined
  return (unsent, anew) => {
    const next = unsent[0]
    if (!next || (!anew && next.id === sentId)) return
    if (send(next)) sentId = next.id
  }
}
