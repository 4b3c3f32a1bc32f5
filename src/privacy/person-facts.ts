import type { Db } from '../platform/db'
import type { Keys } from '../platform/keys'
import { visitsWithWaitingEntries } from '../backoffice/waiting-entries'
import type { VisitRow } from '../booking/visit-links'
import type { Settlement } from '../contract/settlement'
import type { ChatLine } from '../contract/signalling'
import type { ChannelName, MessageKind } from '../message/message-plan'
import { type Client, unsealClient } from '../message/sealed-client'
import type { MessageState } from '../platform/db-types'
import { type KeptRecording, readKept } from '../recording/kept-recording'
import { readChat } from '../visit/chat-store'
import { readInterpreter } from '../visit/interpreter'
import { readSettlement } from '../visit/settlement-store'
import { readStaffNote } from '../visit/visit-notes'
import type { DeviceReport } from '../contract/device-check'
import { deviceReport } from '../visit/device-report'
import type { AgreedConsent, ConsentKind, ConsentLabel } from '../booking/consents'
import { type ErasureObstacle, erasureObstacle } from './erasure-obstacle'

export interface KeptConsent extends AgreedConsent {
  language: string
  givenAt: Date
  withdrawnAt: Date | null
}

/** Everything that is kept of one visit, opened. */
export interface KeptVisit {
  row: VisitRow
  client: Client
  interpreter: string | null
  staffNote: string
  consents: readonly KeptConsent[]
  messages: readonly {
    kind: MessageKind
    channel: ChannelName
    state: MessageState
    at: Date
    finishedAt: Date | null
  }[]
  chat: readonly ChatLine[]
  device: { checkedAt: Date; report: DeviceReport } | null
  identity: readonly {
    result: string
    document: string | null
    reason: string | null
    at: Date
    undoneAt: Date | null
  }[]
  settlement: Settlement
  warnings: readonly { reason: string; at: Date }[]
  recording: KeptRecording | null
  obstacle: ErasureObstacle | undefined
}

/** Of these visits, newest first. A visit whose data were erased has nothing but its facts. */
export async function readKeptVisits(db: Db, keys: Keys, visitIds: readonly string[]): Promise<KeptVisit[]> {
  if (visitIds.length === 0) return []
  const rows = await db
    .selectFrom('visit')
    .selectAll()
    .where('id', 'in', visitIds)
    .orderBy('starts_at', 'desc')
    .orderBy('id')
    .execute()
  const waiting = await visitsWithWaitingEntries(db, visitIds)
  const kept: KeptVisit[] = []
  for (const row of rows) kept.push(await readKeptVisit(db, keys, row, waiting.has(row.id)))
  return kept
}

async function readKeptVisit(db: Db, keys: Keys, row: VisitRow, entryWaits: boolean): Promise<KeptVisit> {
  const { id } = row
  const recording = (await readKept(db, id)) ?? null
  const device = await db.selectFrom('device_check').selectAll().where('visit_id', '=', id).executeTakeFirst()
  return {
    row,
    client: unsealClient(keys, id, row.client),
    interpreter: readInterpreter(keys, row),
    staffNote: readStaffNote(keys, row),
    consents: await readConsents(db, id),
    messages: await readMessages(db, id),
    chat: await readChat(db, { visitId: id, after: 0, keys }),
    device: device ? { checkedAt: device.checked_at, report: deviceReport.parse(device.results) } : null,
    identity: await readIdentity(db, id),
    settlement: await readSettlement(db, keys, row),
    warnings: await db
      .selectFrom('warning')
      .select(['reason', 'given_at as at'])
      .where('visit_id', '=', id)
      .orderBy('given_at')
      .execute(),
    recording,
    obstacle: erasureObstacle({ state: row.state, isHeld: Boolean(recording?.heldAt), entryWaits }),
  }
}

export async function readConsents(db: Db, visitId: string): Promise<KeptConsent[]> {
  const rows = await db
    .selectFrom('consent')
    .select(['kind', 'version', 'label', 'language', 'given_at as givenAt', 'withdrawn_at as withdrawnAt'])
    .where('visit_id', '=', visitId)
    .orderBy('given_at')
    .orderBy('kind')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as ConsentKind, label: row.label as ConsentLabel }))
}

async function readMessages(db: Db, visitId: string): Promise<KeptVisit['messages']> {
  const rows = await db
    .selectFrom('message')
    .select(['kind', 'channel', 'state', 'created_at as at', 'finished_at as finishedAt'])
    .where('visit_id', '=', visitId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, kind: row.kind as MessageKind, channel: row.channel as ChannelName }))
}

const readIdentity = (db: Db, visitId: string): Promise<KeptVisit['identity'][number][]> =>
  db
    .selectFrom('identity_check')
    .select(['result', 'document', 'reason', 'decided_at as at', 'undone_at as undoneAt'])
    .where('visit_id', '=', visitId)
    .orderBy('decided_at')
    .execute()
