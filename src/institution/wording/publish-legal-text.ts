import { appendAudit } from '../../audit/append-audit'
import type { Bus } from '../../platform/bus'
import { type Db, inTransaction } from '../../platform/db'
import { checkPlaceholders, type PlaceholderProblem } from '../../platform/i18n/check-placeholders'
import { compileMessage } from '../../platform/i18n/message'
import { type Day, dayOf, isDay } from '../../platform/zone'
import { catalogues, type Language, languages, type TextKey } from '../../texts/catalogue'
import type { Institution } from '../directory-content'
import type { InstitutionSettings, LegalKind } from '../institution-data'
import { tellInstitutionChanged } from '../institution-changed'
import { institutionWords } from '../institution-words'
import { fillLegalSource, legalPlaceholders, versionParts } from '../legal-text'
import {
  insertLegalVersion,
  type LegalVersion,
  type LegalWording,
  lockLegalTexts,
  readLegalVersions,
  withdrawLegalVersion,
} from './legal-store'

/** What an administrator writes of a legal text in one language. */
export type LegalDraft = Pick<LegalWording, 'source' | 'labels'>

export interface LegalProblem {
  language: Language
  /** The body, or the key of a label. */
  part: string
  problem: PlaceholderProblem | { reason: 'empty' | 'too_long' }
}

const longestBody = 60_000
const longestLabel = 500

/** Keys of what is ticked under a text, with the institution's settings. */
export function labelKeys(kind: LegalKind, settings: InstitutionSettings): TextKey[] {
  if (kind === 'privacy')
    return [`consent.privacy.${settings.privacyConsent}.label`, 'consent.guardian.label']
  return kind === 'recording' ? [`consent.recording.${settings.recordingConsent}.label`] : []
}

const words = [
  'inst',
  'instName',
  'instAddress',
  'phone',
  'smsPhone',
  'phoneHours',
  'site',
  'profileName',
  'hours',
  'minutes',
  'openBefore',
]

/** Placeholders of the full text; the two clauses bring their own version line, the rules get it from their page. */
export const legalRules = (kind: LegalKind) => ({
  allowed: [...words, ...legalPlaceholders.own],
  required: kind === 'rules' ? [] : ['version', 'validFrom'],
  choices: legalPlaceholders.choices,
  numbers: legalPlaceholders.numbers,
})
export const labelRules = { allowed: words, required: [], choices: {}, numbers: legalPlaceholders.numbers }

const checkText = (text: string, longest: number, rules: Parameters<typeof checkPlaceholders>[1]) => {
  if (text.trim() === '') return [{ reason: 'empty' as const }]
  return text.length > longest ? [{ reason: 'too_long' as const }] : checkPlaceholders(text, rules)
}

/** Everything that is wrong with a text about to be published. */
export function checkLegalText(
  kind: LegalKind,
  drafts: Readonly<Record<Language, LegalDraft>>,
  settings: InstitutionSettings,
): LegalProblem[] {
  return languages.flatMap((language) => {
    const { source, labels } = drafts[language]
    const parts = [
      ...labelKeys(kind, settings).map(
        (key) => [key, checkText(labels[key] ?? '', longestLabel, labelRules)] as const,
      ),
      ['body', checkText(source, longestBody, legalRules(kind))] as const,
    ]
    return parts.flatMap(([part, problems]) => problems.map((problem) => ({ language, part, problem })))
  })
}

/** A draft as it will stand: placeholders filled, in one language. */
export function fillLegal(
  { source, labels }: LegalDraft,
  { language, version, validFrom }: { language: Language; version: string; validFrom: Day },
  institution: Institution,
): LegalWording {
  const filled = Object.entries(labels).map(([key, label]) => [
    key,
    compileMessage(key, label, language)({ ...institutionWords(institution, language) }),
  ])
  return {
    source,
    body: fillLegalSource(source, { language, version, validFrom }, institution),
    labels: Object.fromEntries(filled) as LegalWording['labels'],
  }
}

/** What a form begins with: the wording of a version, and the catalogue's labels where it has none. */
export function draftOf(
  wording: LegalWording,
  kind: LegalKind,
  language: Language,
  settings: InstitutionSettings,
): LegalDraft {
  const labels = labelKeys(kind, settings).map((key) => [
    key,
    wording.labels[key] ?? catalogues[language][key],
  ])
  return { source: wording.source, labels: Object.fromEntries(labels) as LegalDraft['labels'] }
}

/** The version that the next publication of that day gets: '2026-3' after '2026-2'. */
export function nextVersion(versions: readonly Pick<LegalVersion, 'version'>[], validFrom: Day): string {
  const year = Number(validFrom.slice(0, 4))
  const taken = versions.map(({ version }) => versionParts(version)).filter(([ofYear]) => ofYear === year)
  return `${year}-${Math.max(0, ...taken.map(([, n]) => n)) + 1}`
}

/** Changes with every publication and withdrawal: what a form carries, to see whether somebody was faster. */
export const standOf = (versions: readonly LegalVersion[]): string =>
  versions.map(({ version, withdrawnAt }) => `${version}${withdrawnAt ? '-' : ''}`).join(' ')

interface Publication {
  kind: LegalKind
  drafts: Readonly<Record<Language, LegalDraft>>
  /** Today or later; '' is today. */
  from: string
  seenStand: string
  staffId: number
}

interface PublishParts {
  institution: Institution
  now: Date
  bus: Bus
}

export type Published =
  | { ok: true; version: string; validFrom: Day; isPlanned: boolean }
  | { ok: false; reason: 'problems'; problems: LegalProblem[] }
  | { ok: false; reason: 'changed' | 'day_wrong' | 'unchanged' }

/** Publishes a legal text in all languages as a new version; those before stay as they were agreed to. */
export async function publishLegalText(
  db: Db,
  { kind, drafts, from, seenStand, staffId }: Publication,
  { institution, now, bus }: PublishParts,
): Promise<Published> {
  const { timeZone, settings } = institution
  const problems = checkLegalText(kind, drafts, settings)
  if (problems.length > 0) return { ok: false, reason: 'problems', problems }
  const today = dayOf(now, timeZone)
  const validFrom = from === '' ? today : from
  if (!isDay(validFrom) || validFrom < today) return { ok: false, reason: 'day_wrong' }
  return inTransaction(db, async (tx) => {
    await lockLegalTexts(tx)
    const versions = await readLegalVersions(tx, kind, timeZone)
    if (standOf(versions) !== seenStand) return { ok: false, reason: 'changed' }
    const newest = versions.find(({ withdrawnAt }) => !withdrawnAt)
    if (newest && isSame(newest, drafts, kind, settings)) return { ok: false, reason: 'unchanged' }
    const version = nextVersion(versions, validFrom)
    const wording = Object.fromEntries(
      languages.map((language) => [
        language,
        fillLegal(drafts[language], { language, version, validFrom }, institution),
      ]),
    ) as unknown as LegalVersion['wording']
    await insertLegalVersion(tx, { kind, version, validFrom, wording }, { staffId, now })
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId },
      action: 'legal_text.published',
      subject: { kind: 'legal_text', id: kind },
      details: { version, from: validFrom },
    })
    await tellInstitutionChanged(tx, bus)
    return { ok: true, version, validFrom, isPlanned: validFrom > today }
  })
}

const isSame = (
  newest: LegalVersion,
  drafts: Readonly<Record<Language, LegalDraft>>,
  kind: LegalKind,
  settings: InstitutionSettings,
): boolean =>
  languages.every((language) => {
    const before = draftOf(newest.wording[language], kind, language, settings)
    const labels = labelKeys(kind, settings)
    return (
      before.source === drafts[language].source &&
      labels.every((key) => before.labels[key] === drafts[language].labels[key])
    )
  })

/** Takes a version back that is not in force yet. */
export async function withdrawLegalText(
  db: Db,
  { kind, version, staffId }: { kind: LegalKind; version: string; staffId: number },
  { institution, now, bus }: PublishParts,
): Promise<{ ok: true } | { ok: false; reason: 'in_force' }> {
  return inTransaction(db, async (tx) => {
    const today = dayOf(now, institution.timeZone)
    if (!(await withdrawLegalVersion(tx, { kind, version, today, now })))
      return { ok: false, reason: 'in_force' }
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId },
      action: 'legal_text.withdrawn',
      subject: { kind: 'legal_text', id: kind },
      details: { version },
    })
    await tellInstitutionChanged(tx, bus)
    return { ok: true }
  })
}
