import { appendAudit } from '../audit/append-audit'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import { versionOf } from '../platform/version-of'
import { factsSchema } from './facts-schema'
import { lockShown } from './facts-store'
import { tellInstitutionChanged } from './institution-changed'
import type { InstitutionSettings, LegalKind } from './institution-data'
import { settingsSchema } from './institution-schema'
import { reissueLegalTexts } from './reissue-legal-texts'

/**
 * The rules that an institution changes on one page. The horizon is changed with a preview of its seats, periods of
 * keeping data with a count of what would go.
 */
const edited = {
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
  privacyConsent: true,
  recordingConsent: true,
  recordingPausedForDocument: true,
  recordingMayBeMissing: true,
  recordingDownload: true,
  device: true,
} as const satisfies Partial<Record<keyof InstitutionSettings, true>>

const editedSettings = Object.keys(edited) as (keyof typeof edited)[]
export type EditedSettings = Pick<InstitutionSettings, keyof typeof edited>
export const editedSettingsSchema = settingsSchema.pick(edited)

/** The version of the rules, for the form that changes them. */
export const settingsVersion = (settings: EditedSettings): string =>
  versionOf(editedSettings.map((name) => settings[name]))

export type SettingsEdited = { ok: true; published: LegalKind[] } | { ok: false; reason: 'changed' }

/**
 * Changes rules, unless somebody else has since `version`. They hold from the next request on; a legal text that says
 * one of them gets a new version.
 */
export function editSettings(
  db: Db,
  {
    changes,
    version,
    staffId,
    now,
    bus,
  }: { changes: EditedSettings; version: string; staffId: number; now: Date; bus: Bus },
): Promise<SettingsEdited> {
  return inTransaction<SettingsEdited>(db, async (tx) => {
    const stored = await lockShown(tx)
    const before = settingsSchema.parse(stored.settings)
    if (settingsVersion(before) !== version) return { ok: false, reason: 'changed' }
    const settings = settingsSchema.parse({ ...before, ...changes })
    const changed = editedSettings.filter((name) => versionOf(before[name]) !== versionOf(settings[name]))
    if (changed.length === 0) return { ok: true, published: [] }
    await tx
      .updateTable('institution')
      .set({ settings: JSON.stringify(settings) })
      .execute()
    const { timeZone, phoneE164, texts, legalValues } = stored
    const institution = { ...factsSchema.parse({ phoneE164, texts, legalValues }), timeZone, settings }
    const reissued = await reissueLegalTexts(tx, institution, { staffId, now })
    await appendAudit(tx, {
      ...{ at: now, actor: { kind: 'staff', staffId }, action: 'settings.changed' },
      details: Object.fromEntries(changed.flatMap((name) => settingDetails(name, settings[name]))),
    })
    await tellInstitutionChanged(tx, bus)
    return { ok: true, published: reissued.map(({ kind }) => kind) }
  })
}

/** A setting as details of the record, what has parts part by part: 'device.width'. */
export const settingDetails = (
  name: keyof EditedSettings,
  value: EditedSettings[keyof EditedSettings],
): [string, string | number | boolean][] =>
  typeof value === 'object'
    ? Object.entries(value).map(([part, of]) => [`${name}.${part}`, of])
    : [[name, value]]
