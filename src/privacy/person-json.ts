import type { Directory } from '../institution/directory'
import type { Translator } from '../platform/i18n/translator'
import type { Language } from '../texts/catalogue'
import { consentProofs } from './consent-proof'
import type { KeptVisit } from './person-facts'
import type { Look } from './who-looked'

export interface PackageParts {
  visits: readonly KeptVisit[]
  looks: readonly Look[]
  directory: Directory
  translators: Readonly<Record<Language, Translator>>
  now: Date
}

/**
 * What is kept of a person, for machines: art. 15 and 20 of the GDPR. Of others only what they did: neither the names
 * of the staff nor of an interpreter are the person's data.
 */
export function personJson(parts: PackageParts): object {
  const { visits, directory, now } = parts
  return {
    format: 'e-wizyta.person',
    version: 1,
    preparedAt: now,
    controller: directory.institution.texts.pl.name,
    visits: visits.map((visit) => visitJson(visit, parts)),
  }
}

function visitJson(visit: KeptVisit, parts: PackageParts): object {
  const { looks, directory } = parts
  const { row, client, settlement, recording } = visit
  const branch = directory.branchById(row.branch_id)
  return {
    number: row.number,
    branch: branch && { code: branch.code, name: branch.name },
    topic: directory.topicById(row.topic_id)?.texts.pl.name,
    bookedAt: row.booked_at,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    state: row.state,
    stateReason: row.state_reason,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    language: row.language,
    country: row.country,
    erasedAt: row.erased_at,
    client: row.client ? client : null,
    consents: consentProofs(parts, visit.consents).map(({ text, ...consent }) => ({
      ...consent,
      text: text?.body,
    })),
    messages: visit.messages,
    deviceCheck: visit.device,
    chat: visit.chat.map(({ author, sentAt, text }) => ({ author, sentAt, text })),
    identityChecks: visit.identity,
    matters: settlement.matters,
    applications: settlement.applications.map(({ kindCode, reference, purpose, acceptedAt }) => ({
      ...{ kind: kindCode, reference, purpose, acceptedAt },
    })),
    profileConfirmation: settlement.profile,
    agreed: settlement.agreed,
    staffNote: visit.staffNote,
    warnings: visit.warnings,
    recording: recording && {
      startedAt: recording.startedAt,
      seconds: recording.summary?.seconds ?? null,
      keptUntil: recording.state === 'erased' ? null : recording.keepUntil,
      erased: recording.state === 'erased',
      erasureStopped: recording.heldAt !== null,
    },
    rated: row.rated,
    seenBy: looks
      .filter(({ visitId }) => visitId === row.id)
      .map(({ at, action, role }) => ({ at, what: action, role })),
  }
}
