import { createHash } from 'node:crypto'
import type { WebSocket } from '@fastify/websocket'
import { BatchError, decodeBatch, hashBytes, sessionBytes } from '../contract/journal'
import { type JournalNotice, journalRequest, type JournalRequest } from '../contract/recording'
import type { Clock } from '../platform/clock'
import type { Logger } from '../platform/logger'
import type { AppendLog } from '../platform/object-store'
import { createAllowance } from '../visit/message-allowance'
import { createJournalChain, type ReadBatch, type ReceivedBatch } from './journal-chain'
import { createJournalFlow, type FlowVerdict } from './journal-flow'
import { sealPiece } from './journal-piece'
import { createJournalWriter } from './journal-writer'
import type { RecordingKey } from './recording-key'
import { withoutAckMilliseconds } from './recording-state'
import type { Checkpoint } from './recording-store'

export interface OpenedJournal {
  visitId: string
  sessionId: string
  staffId: number
  part: number
  key: RecordingKey
  log: AppendLog
  /** The last batch that is durable. */
  number: number
  hash: Uint8Array
}

export interface JournalConnection {
  readonly visitId: string
  readonly sessionId: string
  readonly staffId: number
  readonly part: number
  /** How far it is durable; undefined while nothing new is since the last call. */
  takeCheckpoint(): (Checkpoint & { ackedAt: Date }) | undefined
  /** A checkpoint that could not be noted counts again. */
  giveBack(): void
  /** `unknown`: nothing became durable lately. */
  verdict(now: Date): FlowVerdict | 'unknown'
  handleMessage(data: Buffer, isBinary: boolean): void
  close(code: number): void
  /** Resolves once the log is closed. */
  closed: Promise<void>
}

interface Parts {
  clock: Clock
  logger: Logger
  /** The first frames of the session are durable: the recording goes on from now. */
  onFlowing: () => void
  /** The page has said that it is done; to be noted before it is told so. */
  onEnd: () => Promise<void>
}

const failedCode = 1011

/** Takes the journal of one page over one socket: verify, seal, append, sync, acknowledge. */
export function openJournalConnection(
  socket: WebSocket,
  journal: OpenedJournal,
  parts: Parts,
): JournalConnection {
  const { visitId, sessionId, staffId, part, key, log } = journal
  const { clock, logger } = parts
  const chain = createJournalChain(journal)
  const flow = createJournalFlow()
  const mayAsk = createAllowance(clock)
  const id = Buffer.from(sessionBytes(sessionId))
  /** Batches on their way to the store, oldest first: judged only once they are durable. */
  let underWay: ReadBatch[] = []
  let builtAt = 0
  let ackedAt: Date | undefined
  let noted = journal.number
  let endAfter: number | undefined
  let isFlowing = false

  const send = (notice: JournalNotice) => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(notice))
  }
  const writer = createJournalWriter(log, journal, {
    logger,
    onDurable: ({ number }) => {
      for (const batch of underWay.filter((one) => one.number <= number)) {
        flow.handle(batch.records)
        builtAt = batch.builtAt
      }
      underWay = underWay.filter((one) => one.number > number)
      ackedAt = clock.now()
      send({ type: 'ack', have: number })
      if (!isFlowing && flow.verdict(builtAt) === 'flowing') {
        isFlowing = true
        parts.onFlowing()
      }
      endWhenDone()
    },
  })
  const have = () => writer.durable().number

  const refuse = (number: number, reason: Extract<JournalNotice, { type: 'refused' }>['reason']) => {
    send({ type: 'refused', number, reason, have: have() })
  }

  const endWhenDone = () => {
    if (endAfter === undefined || have() < endAfter) return
    endAfter = undefined
    parts.onEnd().then(
      () => send({ type: 'done', have: have() }),
      (error: unknown) => {
        logger.error({ error }, 'the end of a journal was not noted')
        socket.close(failedCode)
      },
    )
  }

  const takeBatch = (bytes: Buffer) => {
    const received = readBatch(bytes)
    if (!received) return
    const { number } = received.batch
    if (!writer.hasRoom()) {
      refuse(number, 'busy')
      return
    }
    const accepted = chain.accept(received)
    if ('refused' in accepted) refuse(number, accepted.refused)
    else if ('repeated' in accepted) send({ type: 'ack', have: have() })
    else if (accepted.taken.length > 0) {
      underWay.push(...accepted.taken.map(({ batch }) => batch))
      writer.add(
        accepted.taken.map(({ batch, bytes: content }) => ({
          number: batch.number,
          hash: Uint8Array.from(batch.hash),
          pieces: sealPiece(key, sessionId, batch.number, content),
        })),
      )
    } else if (number > chain.last() + 1) refuse(chain.last() + 1, 'gap')
  }

  const readBatch = (bytes: Buffer): ReceivedBatch | undefined => {
    try {
      const batch = decodeBatch(bytes)
      const hash = createHash('sha256').update(bytes.subarray(0, -hashBytes)).digest()
      if (!hash.equals(batch.hash)) refuse(batch.number, 'damaged')
      else if (!id.equals(batch.sessionId)) refuse(batch.number, 'forged')
      else return { batch, bytes }
    } catch (error) {
      if (!(error instanceof BatchError)) throw error
      refuse(0, 'damaged')
    }
    return undefined
  }

  const carryOut = (request: JournalRequest) => {
    if (request.type === 'time') send({ type: 'time', sentAt: request.sentAt, now: clock.now().getTime() })
    else {
      endAfter = request.last
      endWhenDone()
    }
  }

  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      writer.close().then(resolve, (error: unknown) => {
        logger.error({ error }, 'a part of a journal was not closed')
        resolve()
      })
    })
  })
  send({
    type: 'ready',
    have: journal.number,
    now: clock.now().getTime(),
    spoolKey: key.spoolKey(sessionId).toString('base64'),
  })

  return {
    visitId,
    sessionId,
    staffId,
    part,
    takeCheckpoint() {
      const { number, hash, length } = writer.durable()
      if (ackedAt === undefined || number === noted) return undefined
      noted = number
      return { visitId, sessionId, part, batch: number, hash, length, ackedAt }
    },
    giveBack() {
      noted = journal.number
    },
    verdict: (now) =>
      ackedAt === undefined || now.getTime() - ackedAt.getTime() > withoutAckMilliseconds
        ? 'unknown'
        : flow.verdict(builtAt),
    handleMessage(data, isBinary) {
      // What was on its way when we closed is not taken
      if (socket.readyState !== socket.OPEN) return
      if (isBinary) {
        takeBatch(data)
        return
      }
      const request = mayAsk() ? readRequest(data) : undefined
      if (request) carryOut(request)
      else socket.close(1008)
    },
    close: (code) => socket.close(code),
    closed,
  }
}

function readRequest(data: Buffer): JournalRequest | undefined {
  try {
    return journalRequest.safeParse(JSON.parse(data.toString('utf8'))).data
  } catch {
    return undefined
  }
}
