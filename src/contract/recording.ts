import { z } from 'zod'

/**
 * The socket of the journal: `/pracownik/wizyta/:id/nagranie?session=<uuid>`. Batches go up as binary messages; all
 * else is JSON.
 */
export const journalQuery = z.object({ session: z.uuid() })

/** From the page. */
export const journalRequest = z.discriminatedUnion('type', [
  /** Asks for the server's time; the answer carries `sentAt` back. */
  z.strictObject({ type: z.literal('time'), sentAt: z.number() }),
  /** Every batch is sent and nothing more will come: answered by `done` once all is durable. */
  z.strictObject({ type: z.literal('end'), last: z.int().min(0) }),
])
export type JournalRequest = z.infer<typeof journalRequest>

/** Why a batch was not taken. After `damaged`, `gap` and `busy` it is sent again; the others are told to the officer. */
export const batchRefusals = [
  'damaged',
  'gap',
  'busy',
  'out_of_range',
  'different',
  'broken_chain',
  'forged',
] as const
export type BatchRefusal = (typeof batchRefusals)[number]

/** From the server. */
export const journalNotice = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    /** Every batch up to this number is durable: the page goes on after it. 0: none. */
    have: z.int().min(0),
    now: z.number(),
    /** Base64 of 32 bytes: what waits on this computer is sealed with it (AES-256-GCM). */
    spoolKey: z.string(),
  }),
  z.object({ type: z.literal('time'), sentAt: z.number(), now: z.number() }),
  /** Durable up to and with this number. */
  z.object({ type: z.literal('ack'), have: z.int().min(0) }),
  z.object({
    type: z.literal('refused'),
    number: z.int().min(0),
    reason: z.enum(batchRefusals),
    have: z.int().min(0),
  }),
  z.object({ type: z.literal('done'), have: z.int().min(0) }),
])
export type JournalNotice = z.infer<typeof journalNotice>
