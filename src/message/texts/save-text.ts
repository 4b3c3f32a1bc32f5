import { appendAudit } from '../../audit/append-audit'
import { tellInstitutionChanged } from '../../institution/institution-changed'
import { insertOwnText, readTextVersions, withdrawOwnText } from '../../institution/wording/own-text-store'
import type { Bus } from '../../platform/bus'
import { type Db, inTransaction } from '../../platform/db'
import { type Day, dayOf, instantAt, isDay } from '../../platform/zone'
import type { Language } from '../../texts/catalogue'
import type { EditableText } from './editable-texts'
import { type CheckedText, type PreviewSource, previewText } from './preview-text'

export interface TextToSave {
  text: EditableText
  language: Language
  /** Null: the catalogue's wording again. */
  parts: Readonly<Record<string, string>> | null
  /** The newest version when the form was shown, 0 before the first. */
  seenVersion: number
  /** Valid from the beginning of this day; today or '' means at once. */
  from: string
  restoredVersion?: number
  staffId: number
}

export type TextSaved =
  | { ok: true; version: number }
  | { ok: false; reason: 'problems'; checked: CheckedText }
  | { ok: false; reason: 'changed' | 'day_wrong' }

interface SaveParts extends PreviewSource {
  bus: Bus
}

/** Keeps a wording as the next version of its text, in force at once or from a later day on. */
export async function saveText(db: Db, save: TextToSave, parts: SaveParts): Promise<TextSaved> {
  const { text, language, seenVersion, staffId } = save
  const checked = previewText(text, { language, parts: save.parts }, parts)
  if (checked.problems.length > 0 || !checked.preview) return { ok: false, reason: 'problems', checked }
  const { timeZone } = parts.directory.institution
  const validFrom = beginning(save.from, parts.now, timeZone)
  if (!validFrom) return { ok: false, reason: 'day_wrong' }
  const version = seenVersion + 1
  return inTransaction(db, async (tx) => {
    const [newest] = await readTextVersions(tx, text.name, language)
    const isNext =
      (newest?.version ?? 0) === seenVersion &&
      (await insertOwnText(tx, {
        name: text.name,
        language,
        version,
        parts: save.parts,
        validFrom,
        savedAt: parts.now,
        staffId,
        restoredVersion: save.restoredVersion ?? null,
      }))
    if (!isNext) return { ok: false, reason: 'changed' }
    await appendAudit(tx, {
      at: parts.now,
      actor: { kind: 'staff', staffId },
      action: 'text.saved',
      subject: { kind: 'text', id: `${text.name}.${language}` },
      details: {
        version,
        own: save.parts !== null,
        from: validFrom.toISOString(),
        ...(save.restoredVersion !== undefined && { restored: save.restoredVersion }),
      },
    })
    await tellInstitutionChanged(tx, parts.bus)
    return { ok: true, version }
  })
}

/** When a wording begins: at once for today, at midnight of a later day; undefined for a day gone by or none at all. */
function beginning(from: string, now: Date, timeZone: string): Date | undefined {
  const today: Day = dayOf(now, timeZone)
  if (from === '' || from === today) return now
  return isDay(from) && from > today ? instantAt(from, '00:00', timeZone) : undefined
}

interface TextToWithdraw {
  text: EditableText
  language: Language
  version: number
  staffId: number
}

/** Takes a version back that is not in force yet. */
export async function withdrawText(
  db: Db,
  { text, language, version, staffId }: TextToWithdraw,
  { now, bus }: { now: Date; bus: Bus },
): Promise<{ ok: true } | { ok: false; reason: 'in_force' }> {
  return inTransaction(db, async (tx) => {
    if (!(await withdrawOwnText(tx, { name: text.name, language, version, now })))
      return { ok: false, reason: 'in_force' }
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId },
      action: 'text.withdrawn',
      subject: { kind: 'text', id: `${text.name}.${language}` },
      details: { version },
    })
    await tellInstitutionChanged(tx, bus)
    return { ok: true }
  })
}
