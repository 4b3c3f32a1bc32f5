import { z } from 'zod'
import { askedThings, identityResults, recordingStates, warningReasons } from './visit-matters'
import { visitStates } from './visit-state'

/** Everybody who can be in a visit's room. The server alone decides who is who. */
export const participants = ['client', 'guardian', 'interpreter', 'officer'] as const
export type Participant = (typeof participants)[number]

const pageId = z.string().regex(/^[A-Za-z0-9_-]{8,32}$/)

/** An SDP is a few kB; a mesh of four with all candidates stays far below this. */
const sdp = z.string().max(60_000)

const description = z.object({ type: z.enum(['offer', 'answer', 'rollback']), sdp: sdp.optional() })

const candidate = z
  .object({
    candidate: z.string().max(2000),
    sdpMid: z.string().max(64).nullish(),
    sdpMLineIndex: z.number().int().min(0).max(64).nullish(),
    usernameFragment: z.string().max(256).nullish(),
  })
  .nullable()

/** Media negotiation between two pages, passed on by the server unread. */
const peerMessage = z.union([
  z.strictObject({ description }),
  z.strictObject({ candidate }),
  /** What the sender shows and says, for labels: not a command. */
  z.strictObject({
    media: z.strictObject({
      microphone: z.boolean(),
      camera: z.boolean(),
      /** Id of the stream that carries the shared screen; its track is told by this and by nothing else. */
      screen: z.string().max(64).nullable(),
      /** The line carries no picture at the moment: only sound is sent. */
      soundOnly: z.boolean(),
    }),
  }),
])
export type PeerMessage = z.infer<typeof peerMessage>

/** From a page in the room to the server. */
export const roomRequest = z.discriminatedUnion('type', [
  /** The client has accepted the invitation: tracks may be exchanged. */
  z.strictObject({ type: z.literal('enter') }),
  z.strictObject({ type: z.literal('peer'), to: pageId, message: peerMessage }),
  /** The client or guardian leaves the call; the visit stays open. */
  z.strictObject({ type: z.literal('leave') }),
  /**
   * Sent again with the same id it changes nothing: a page repeats what it has no echo of. A text that is empty
   * or too long is refused and nothing more: it must not cost anybody the call.
   */
  z.strictObject({ type: z.literal('chat'), id: z.uuid(), text: z.string() }),
  /** The client has read the warning. */
  z.strictObject({ type: z.literal('warning_seen'), id: z.uuid() }),
  z.strictObject({ type: z.literal('ping') }),
])
export type RoomRequest = z.infer<typeof roomRequest>

const iceServer = z.object({
  urls: z.array(z.string()),
  username: z.string().optional(),
  credential: z.string().optional(),
})

const warning = z.object({
  id: z.uuid(),
  reason: z.enum(warningReasons),
  givenAt: z.iso.datetime(),
  seenAt: z.iso.datetime().nullable(),
})
export type Warning = z.infer<typeof warning>

/** What a waiting client is told of the delay, from what really goes on at the branch. */
const expectedWait = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('minutes'), minutes: z.int().min(1) }),
  z.object({ kind: z.literal('unknown') }),
  z.object({ kind: z.literal('long') }),
  z.object({ kind: z.literal('noOfficer') }),
])
export type ExpectedWait = z.infer<typeof expectedWait>

const chatLine = z.object({
  id: z.uuid(),
  position: z.int(),
  author: z.enum(participants),
  text: z.string(),
  sentAt: z.iso.datetime(),
})
export type ChatLine = z.infer<typeof chatLine>

export const roomState = z.object({
  state: z.enum(visitStates),
  reason: z.string().nullable(),
  startsAt: z.iso.datetime(),
  endsAt: z.iso.datetime(),
  startedAt: z.iso.datetime().nullable(),
  waitingSince: z.iso.datetime().nullable(),
  officerName: z.string().nullable(),
  closingNote: z.string().nullable(),
  /** `endsAt` already holds them. */
  extendedMinutes: z.int(),
  asked: z.enum(askedThings).nullable(),
  recording: z.enum(recordingStates),
  identity: z.enum(identityResults).nullable(),
  /** Oldest first. */
  warnings: z.array(warning),
  /** Null while there is nothing to say. */
  wait: expectedWait.nullable(),
  /** Who else may come, by name. */
  guests: z.object({ guardian: z.string().nullable(), interpreter: z.string().nullable() }),
})
export type RoomState = z.infer<typeof roomState>

const presentPage = z.object({ pageId, participant: z.enum(participants), ready: z.boolean() })
export type PresentPage = z.infer<typeof presentPage>

/** From the server to a page in the room. */
export const roomNotice = z.discriminatedUnion('type', [
  /** First message after connecting: who you are, who else is here, how to connect. */
  z.object({
    type: z.literal('welcome'),
    you: z.enum(participants),
    now: z.iso.datetime(),
    iceServers: z.array(iceServer),
    relayOnly: z.boolean(),
    room: roomState,
    present: z.array(presentPage),
    /** Everything said so far. */
    chat: z.array(chatLine),
  }),
  z.object({ type: z.literal('room'), now: z.iso.datetime(), room: roomState }),
  z.object({ type: z.literal('present'), present: z.array(presentPage) }),
  z.object({
    type: z.literal('peer'),
    from: pageId,
    participant: z.enum(participants),
    message: peerMessage,
  }),
  /** The same person is in the room in another tab or on another device; asking with `take=1` moves the call here. */
  z.object({ type: z.literal('elsewhere') }),
  /** The same person has moved the call elsewhere: this page is out, and says so. */
  z.object({ type: z.literal('replaced') }),
  z.object({
    type: z.literal('refused'),
    reason: z.enum(['bad_message', 'too_many_messages', 'not_allowed']),
  }),
  /** New lines; those that a page knows already may be among them. */
  z.object({ type: z.literal('chat'), lines: z.array(chatLine) }),
  z.object({ type: z.literal('pong') }),
])
export type RoomNotice = z.infer<typeof roomNotice>

/**
 * How the socket is opened: `page` is random per page load, `tab` per tab (kept through reloads); the same
 * tab replaces its older page silently, another tab or device only with `take=1`.
 */
export const roomQuery = z.object({ page: pageId, tab: pageId, take: z.literal('1').optional() })
