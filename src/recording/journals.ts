import type { WebSocket } from '@fastify/websocket'
import { journalCloseCodes } from '../contract/close-codes'
import type { Bus } from '../platform/bus'
import type { Clock } from '../platform/clock'
import { type Db, inTransaction } from '../platform/db'
import type { Logger } from '../platform/logger'
import { visitTopic } from '../visit/visit-notices'
import { type JournalConnection, openJournalConnection, type OpenedJournal } from './journal-connection'
import { setRecordingState, silentVisits } from './recording-state'
import { closeSession, noteDurable } from './recording-store'
import { closedBy, readStandings, type SessionStanding } from './session-standing'

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
  /** Their sockets are closed; how far they came is still to be noted. */
  const closedOnes = new Set<JournalConnection>()
  let looking: Promise<void> = Promise.resolve()
  let nextLook: Promise<void> | undefined

  /** Durable parts first, for the judgement rests on them; in one transaction. */
  const look = async (): Promise<void> => {
    const looked = [...connections]
    const ended = looked.filter((connection) => closedOnes.has(connection))
    const checkpoints = looked.flatMap((connection) => connection.takeCheckpoint() ?? [])
    try {
      const standings = await inTransaction(db, async (tx) => {
        const now = clock.now()
        const standings = await readStandings(
          tx,
          looked.map(({ visitId }) => visitId),
        )
        // What is left over of another page says nothing of what is recorded now
        const recordsNow = ({ visitId, sessionId }: Pick<JournalConnection, 'visitId' | 'sessionId'>) => {
          const standing = standings.get(visitId)
          return !standing?.inProgress || standing.newest === sessionId
        }
        if (checkpoints.length > 0)
          await noteDurable(
            tx,
            checkpoints.map((one) => (recordsNow(one) ? one : { ...one, ackedAt: null })),
          )
        const silent = new Set(await silentVisits(tx, now))
        const judged = looked.filter(
          (one) =>
            !closedOnes.has(one) && recordsNow(one) && !silent.has(one.visitId) && mayGoOn(one, standings),
        )
        const those = (verdict: ReturnType<JournalConnection['verdict']>) =>
          judged.filter((one) => one.verdict(now) === verdict).map(({ visitId }) => visitId)
        await setRecordingState(tx, { visitIds: [...silent, ...those('silent')], state: 'interrupted', bus })
        await setRecordingState(tx, { visitIds: those('flowing'), state: 'on', bus })
        await setRecordingState(tx, { visitIds: those('paused'), state: 'paused', bus })
        return standings
      })
      for (const connection of looked) closeUnlessAllowed(connection, standings)
      for (const connection of ended) {
        connections.delete(connection)
        closedOnes.delete(connection)
      }
    } catch (error) {
      for (const connection of looked) connection.giveBack()
      throw error
    }
  }

  const mayGoOn = ({ visitId, staffId }: JournalConnection, standings: Map<string, SessionStanding>) => {
    const standing = standings.get(visitId)
    return standing !== undefined && closedBy(standing, staffId) === undefined
  }

  const closeUnlessAllowed = (connection: JournalConnection, standings: Map<string, SessionStanding>) => {
    const standing = standings.get(connection.visitId)
    const code = standing && closedBy(standing, connection.staffId)
    if (code !== undefined) connection.close(code)
  }

  /** At once, not with the next look: a consent that was taken back, a visit that a colleague has taken over. */
  const checkStanding = (connection: JournalConnection): void => {
    readStandings(db, [connection.visitId]).then(
      (standings) => closeUnlessAllowed(connection, standings),
      // The next look will tell
      () => undefined,
    )
  }

  /** One look at a time. Whoever asks while one runs shares the next: two hundred that begin at once cost two. */
  const lookInTurn = (): Promise<void> => {
    nextLook ??= looking.then(() => {
      nextLook = undefined
      return look()
    })
    looking = nextLook.catch(() => undefined)
    return nextLook
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
      const stopWatching = bus.subscribe(visitTopic(visitId), () => checkStanding(connection))
      // What happened before it listened
      checkStanding(connection)
      const unsubscribe = bus.subscribe(recordingTopic(visitId), (body) => {
        const message = body as RecordingMessage
        if (message.type === 'erased') connection.close(journalCloseCodes.erased)
        else if (message.sessionId === sessionId && message.part > part)
          connection.close(journalCloseCodes.replaced)
      })
      void connection.closed.then(async () => {
        unsubscribe()
        stopWatching()
        closedOnes.add(connection)
        await lookInTurn().catch((error: unknown) => log.error({ error }, 'the end of a part was not noted'))
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
