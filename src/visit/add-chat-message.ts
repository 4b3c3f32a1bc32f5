import { lockVisit } from '../booking/visit-store'
import type { Participant } from '../contract/signalling'
import { longestChatMessage } from '../contract/visit-matters'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import type { Keys } from '../platform/keys'
import { chatStanding, insertChatMessage } from './chat-store'
import { connectionIsPresent } from './presence-store'
import { roomMessage } from './room-message'
import { roomTopic } from './visit-notices'

export interface NewChatMessage {
  visitId: string
  /** The socket it came through, which must be in the room. */
  connectionId: string
  author: Participant
  id: string
  text: string
  now: Date
  keys: Keys
  bus: Bus
}

/** A conversation of twenty minutes stays far below. Counted by author: nobody writes the others out of the chat. */
const mostMessagesOfOne = 200

/**
 * Keeps a message of the chat and tells the room. The visit's row is locked, so that messages of several people
 * get one order; one that is sent again changes nothing.
 */
export function addChatMessage(
  db: Db,
  { visitId, connectionId, author, id, text, now, keys, bus }: NewChatMessage,
): Promise<{ ok: true } | { ok: false; reason: 'wrong_length' | 'not_in_call' | 'too_many' | 'not_yours' }> {
  const words = text.trim()
  if (words === '' || words.length > longestChatMessage)
    return Promise.resolve({ ok: false, reason: 'wrong_length' })
  return inTransaction(db, async (tx) => {
    const visit = await lockVisit(tx, visitId)
    if (visit?.state !== 'in_progress' || !(await connectionIsPresent(tx, connectionId)))
      return { ok: false, reason: 'not_in_call' }
    const { last, byAuthor, known } = await chatStanding(tx, { visitId, author, id })
    if (known) {
      const same = known.visitId === visitId && known.author === author
      if (!same) return { ok: false, reason: 'not_yours' }
    } else {
      if (byAuthor >= mostMessagesOfOne) return { ok: false, reason: 'too_many' }
      await insertChatMessage(tx, { id, visitId, position: last + 1, author, text: words, now }, keys)
    }
    // Said again too: the page that repeats itself has missed the echo
    await bus.publish(tx, { topic: roomTopic(visitId), body: roomMessage({ type: 'said' }) })
    return { ok: true }
  })
}
