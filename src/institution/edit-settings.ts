import { appendAudit } from '../audit/append-audit'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import { versionOf } from '../platform/version-of'
import { tellInstitutionChanged } from './institution-changed'
import type { InstitutionSettings } from './institution-data'
import { settingsSchema } from './institution-schema'

/** The booking rules that an institution changes by itself; the horizon is changed with a preview of its seats. */
export const editedSettings = [
  'visitMinutes',
  'bufferMinutes',
  'holdMinutes',
  'minimumNoticeMinutes',
  'openBeforeMinutes',
  'activeVisitsPerPerson',
  'activeVisitsPerTopic',
  'freedSeatDelaySeconds',
  'reminderSms',
  'reminderEmailMinutesBefore',
  'recordingPausedForDocument',
  'recordingMayBeMissing',
] as const
export type EditedSettings = Pick<InstitutionSettings, (typeof editedSettings)[number]>

export const editedSettingsSchema = settingsSchema.pick({
  visitMinutes: true,
  bufferMinutes: true,
  holdMinutes: true,
  minimumNoticeMinutes: true,
  openBeforeMinutes: true,
  activeVisitsPerPerson: true,
  activeVisitsPerTopic: true,
  freedSeatDelaySeconds: true,
  reminderSms: true,
  reminderEmailMinutesBefore: true,
  recordingPausedForDocument: true,
  recordingMayBeMissing: true,
})

/** The version of the booking rules, for the form that changes them. */
export const settingsVersion = (settings: EditedSettings): string =>
  versionOf(editedSettings.map((name) => settings[name]))

/** Changes booking rules, unless somebody else has since `version`. They hold from the next request on. */
export function editSettings(
  db: Db,
  {
    changes,
    version,
    staffId,
    now,
    bus,
  }: { changes: EditedSettings; version: string; staffId: number; now: Date; bus: Bus },
): Promise<{ ok: true } | { ok: false; reason: 'changed' }> {
  return inTransaction(db, async (tx) => {
    const row = await tx.selectFrom('institution').select('settings').forUpdate().executeTakeFirstOrThrow()
    const before = settingsSchema.parse(row.settings)
    if (settingsVersion(before) !== version) return { ok: false, reason: 'changed' }
    const settings = settingsSchema.parse({ ...before, ...changes })
    await tx
      .updateTable('institution')
      .set({ settings: JSON.stringify(settings) })
      .execute()
    const changed = editedSettings.filter((name) => versionOf(before[name]) !== versionOf(settings[name]))
    await appendAudit(tx, {
      ...{ at: now, actor: { kind: 'staff', staffId }, action: 'settings.changed' },
      details: Object.fromEntries(
        changed.map((name) => {
          const value = settings[name]
          return [name, typeof value === 'object' ? JSON.stringify(value) : value]
        }),
      ),
    })
    await tellInstitutionChanged(tx, bus)
    return { ok: true }
  })
}
