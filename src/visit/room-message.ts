import type { Participant, PeerMessage } from '../contract/signalling'

/** Between the processes that hold sockets of one room. */
export type RoomMessage =
  | { type: 'peer'; toConnection: string; from: string; participant: Participant; message: PeerMessage }
  /** These sockets gave their place to a page of the same person. */
  | { type: 'replaced'; connectionIds: readonly string[]; byPage: string }
  /** There is something new in the chat; what, stands in the database alone, sealed. */
  | { type: 'said' }
  /** These sockets may not be in the room any more. */
  | { type: 'shut_out'; connectionIds: readonly string[] }

/** Names the shape where a notice is made; `readRoomMessage` is its other end. */
export const roomMessage = (message: RoomMessage): unknown => message

/** Notices come from our own processes only, so their shape is trusted. */
export const readRoomMessage = (body: unknown): RoomMessage => body as RoomMessage
