import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { appendAudit } from '../audit/append-audit'
import type { Institution } from '../institution/directory'
import { tellInstitutionChanged } from '../institution/institution-changed'
import type { InstitutionSettings } from '../institution/institution-data'
import { dataClasses, type KeptDays, keptDays, partsOfVisit } from '../institution/kept-days'
import { reissueLegalTexts } from '../institution/reissue-legal-texts'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import { mayEverywhere } from '../staff/may'
import type { Staff } from '../staff/staff'

/** The periods that an administrator sets: those of the classes, and those of recordings. */
export interface Periods {
  kept: KeptDays
  /** Usually. */
  recording: number
  /** Of topics with a time of their own, by their code. */
  recordingOf: Readonly<Record<string, number>>
}

type PeriodSettings = Pick<InstitutionSettings, 'keptDays' | 'recordingKeptDays'>

export const periodsOf = ({ keptDays: kept, recordingKeptDays }: PeriodSettings): Periods => ({
  kept,
  recording: recordingKeptDays.usual,
  recordingOf: recordingKeptDays.topics,
})

/** Names these periods: a form that was opened on others is not saved over them. */
export const periodsVersion = ({ kept, recording, recordingOf }: Periods): string =>
  createHash('sha256')
    .update(
      JSON.stringify([dataClasses.map((name) => kept[name]), recording, Object.entries(recordingOf).sort()]),
    )
    .digest('hex')
    .slice(0, 16)

/** What would be kept longer than the visit that it belongs to. */
export function outlivingVisit({ kept, recording }: Periods): (keyof KeptDays | 'recording')[] {
  const parts: (keyof KeptDays | 'recording')[] = partsOfVisit.filter((name) => kept[name] > kept.visit)
  return recording > kept.visit ? [...parts, 'recording'] : parts
}

export type PeriodsSaved =
  { ok: true; published: string[] } | { ok: false; reason: 'not_allowed' | 'changed' | 'outlives_visit' }

/** Saves the periods and, in the same transaction, publishes the legal texts that promise them. */
export function savePeriods(
  db: Db,
  save: {
    staff: Staff
    periods: Periods
    /** Of the periods that the form was opened on. */
    version: string
    institution: Institution
    now: Date
    bus: Bus
  },
): Promise<PeriodsSaved> {
  const { staff, periods, version, institution, now, bus } = save
  return inTransaction<PeriodsSaved>(db, async (tx) => {
    if (!mayEverywhere(staff, 'administer')) return { ok: false, reason: 'not_allowed' }
    const row = await tx.selectFrom('institution').select('settings').forUpdate().executeTakeFirstOrThrow()
    const settings = row.settings as unknown as InstitutionSettings
    const before = periodsOf(settings)
    if (periodsVersion(before) !== version) return { ok: false, reason: 'changed' }
    if (outlivingVisit(periods).length > 0) return { ok: false, reason: 'outlives_visit' }
    const after: PeriodSettings = {
      keptDays: keptDays.parse(periods.kept),
      recordingKeptDays: { usual: periods.recording, topics: { ...periods.recordingOf } },
    }
    const changed = dataClasses.filter((name) => before.kept[name] !== periods.kept[name])
    if (periodsVersion(periods) === version) return { ok: true, published: [] }
    const topics = Object.keys({ ...before.recordingOf, ...periods.recordingOf }).filter(
      (code) => before.recordingOf[code] !== periods.recordingOf[code],
    )
    await sql`update institution set settings = settings || ${JSON.stringify(after)}::jsonb`.execute(tx)
    const reissued = await reissueLegalTexts(
      tx,
      { ...institution, settings: { ...settings, ...after } },
      { staffId: staff.id, now },
    )
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId: staff.id },
      action: 'retention.changed',
      details: {
        ...Object.fromEntries(changed.map((name) => [name, periods.kept[name]])),
        ...(before.recording !== periods.recording && { recording: periods.recording }),
        ...Object.fromEntries(
          topics.map((code) => [`recording ${code}`, periods.recordingOf[code] ?? periods.recording]),
        ),
      },
    })
    await tellInstitutionChanged(tx, bus)
    return { ok: true, published: reissued.map(({ kind }) => kind) }
  })
}
