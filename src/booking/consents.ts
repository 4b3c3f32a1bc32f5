import type { Directory, RecordingPolicy } from '../institution/directory'
import type { Translator } from '../platform/i18n/translator'
import type { InstitutionSettings } from '../institution/institution-data'
import type { Day } from '../platform/zone'

export const consentKinds = ['privacy', 'recording', 'guardian'] as const
export type ConsentKind = (typeof consentKinds)[number]

export interface GivenConsent {
  kind: ConsentKind
  /** Of the text that the person was shown. */
  version: string
}

/** Key of what stands beside a box; which one it is depends on settings that may change after it was ticked. */
export type ConsentLabel =
  | `consent.privacy.${InstitutionSettings['privacyConsent']}.label`
  | `consent.recording.${InstitutionSettings['recordingConsent']}.label`
  | 'consent.guardian.label'

/** A consent as it is kept: with what was ticked. */
export interface AgreedConsent extends GivenConsent {
  label: ConsentLabel
}

export interface AskedConsent extends AgreedConsent {
  /** The version in force: what the form sends back when the box is ticked. */
  version: string
  required: boolean
}

/**
 * The consents to ask for, in the order of the page; none to the recording where nothing is recorded. What a
 * guardian has to know stands in the text on personal data, so that its version is theirs, too.
 */
export function askedConsents(
  directory: Directory,
  hasGuardian: boolean,
  day: Day,
  policy: RecordingPolicy,
): AskedConsent[] {
  const { privacyConsent } = directory.institution.settings
  const privacy = directory.currentLegalText('privacy', 'pl', day).version
  const recording = directory.currentLegalText('recording', 'pl', day).version
  return [
    { kind: 'privacy', version: privacy, label: `consent.privacy.${privacyConsent}.label`, required: true },
    ...(policy === 'never'
      ? []
      : [
          {
            kind: 'recording',
            version: recording,
            label: `consent.recording.${policy}.label`,
            required: policy === 'required',
          } as const,
        ]),
    ...(hasGuardian
      ? [{ kind: 'guardian', version: privacy, label: 'consent.guardian.label', required: true } as const]
      : []),
  ]
}

/** The legal text that a consent is about; what a guardian has to know stands in the one on personal data. */
const textOf = (kind: ConsentKind) => (kind === 'recording' ? 'recording' : 'privacy')

/** What is ticked, as the version of the text has it: the wording of an old consent stays as it was agreed to. */
export const consentLabel = (
  directory: Pick<Directory, 'legalText'>,
  { kind, version, label }: AgreedConsent,
  { t, language }: Translator,
): string => directory.legalText(textOf(kind), version, language)?.labels[label] ?? t(label)

export type ConsentCheck =
  | { ok: true; given: AgreedConsent[] }
  | { ok: false; reason: 'consent_missing' | 'consent_version_changed'; missing: ConsentKind[] }

/** Compares what was ticked with what is asked for; a consent that is not asked for is left out. */
export function checkConsents(asked: readonly AskedConsent[], given: readonly GivenConsent[]): ConsentCheck {
  const ticked = asked.map((consent) => ({
    ...consent,
    given: given.find(({ kind }) => kind === consent.kind)?.version,
  }))
  const missing = ticked.filter((one) => one.required && one.given === undefined)
  if (missing.length > 0)
    return { ok: false, reason: 'consent_missing', missing: missing.map(({ kind }) => kind) }
  const changed = ticked.filter((one) => one.given !== undefined && one.given !== one.version)
  if (changed.length > 0)
    return { ok: false, reason: 'consent_version_changed', missing: changed.map(({ kind }) => kind) }
  const agreed = ticked.filter((one) => one.given !== undefined)
  return { ok: true, given: agreed.map(({ kind, version, label }) => ({ kind, version, label })) }
}
