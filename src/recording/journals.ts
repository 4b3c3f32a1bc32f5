import type { WebSocket } from '@fastify/websocket'
import { journalCloseCodes } from '../contract/close-codes'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import { type Db, inTransaction } from '../platform/db'
import type { Logger } from '../platform/logger'
import { type JournalConnection, openJournalConnection, type OpenedJournal } from './journal-connection'
import { setRecordingState, silentVisits } from './recording-state'
import { closeSession, noteDurable } from './recording-store'

/** Topic of a recording: a newer part of a session was opened, or the recording was erased. */
export const recordingTopic = (visitId: string): string => `recording:${visitId}`
export type RecordingMessage = { type: 'opened'; sessionId: string; part: number } | { type: 'erased' }

/** The journals that are written by this process. */
export interface Journals {
  open(socket: WebSocket, journal: OpenedJournal): JournalConnection
  /** Notes how far everything is durable, and judges which recordings go on: to be called every second. */
  look(): Promise<void>
  stop(): Promise<void>
}

const restartCode = 1012

export function createJournals({
  db,
  bus,
  clock,
  log,
}: {
  db: Db
  bus: Bus
  clock: Clock
  log: Logger
}): Journals {
  const connections = new Set<JournalConnection>()
  let looking: Promise<void> = Promise.resolve()

  /** Durable parts first, for the judgement rests on them; in one transaction. */
  const look = async (): Promise<void> => {
    const checkpoints = [...connections].flatMap((connection) => connection.takeCheckpoint() ?? [])
    try {
      await inTransaction(db, async (tx) => {
        if (checkpoints.length > 0) await noteDurable(tx, checkpoints)
        const now = clock.now()
        const silent = new Set(await silentVisits(tx, now))
        const verdicts = [...connections].filter(({ visitId }) => !silent.has(visitId))
        const those = (verdict: ReturnType<JournalConnection['verdict']>) =>
          verdicts.filter((one) => one.verdict() === verdict).map(({ visitId }) => visitId)
        await setRecordingState(tx, { visitIds: [...silent, ...those('silent')], state: 'interrupted', bus })
        await setRecordingState(tx, { visitIds: those('flowing'), state: 'on', bus })
        await setRecordingState(tx, { visitIds: those('paused'), state: 'paused', bus })
      })
    } catch (error) {
      for (const connection of connections) connection.giveBack()
      throw error
    }
  }

  const lookInTurn = (): Promise<void> => {
    const turn = looking.then(look)
    looking = turn.catch(() => undefined)
    return turn
  }

  return {
    open(socket, journal) {
      const { visitId, sessionId, part } = journal
      const connection = openJournalConnection(socket, journal, {
        clock,
        logger: log,
        onFlowing: () => {
          lookInTurn().catch((error: unknown) => log.error({ error }, 'a recording was not said to go on'))
        },
        onEnd: async () => {
          await lookInTurn()
          await inTransaction(db, (tx) => closeSession(tx, { id: sessionId, now: clock.now() }))
        },
      })
      connections.add(connection)
      const unsubscribe = bus.subscribe(recordingTopic(visitId), (body) => {
        const message = body as RecordingMessage
        if (message.type === 'erased') connection.close(journalCloseCodes.erased)
        else if (message.sessionId === sessionId && message.part > part)
          connection.close(journalCloseCodes.replaced)
      })
      void connection.closed.then(async () => {
        unsubscribe()
        await lookInTurn().catch((error: unknown) => log.error({ error }, 'the end of a part was not noted'))
        connections.delete(connection)
      })
      return connection
    },
    look: lookInTurn,
    async stop() {
      const all = [...connections]
      for (const connection of all) connection.close(restartCode)
      await Promise.all(all.map(({ closed }) => closed))
      await lookInTurn().catch(() => undefined)
    },
  }
}
