import { sql } from 'kysely'
import type { Directory } from '../institution/directory'
import type { DbOrTx } from '../platform/db'
import { dayInWords, timeOfDay } from '../platform/i18n/dates'
import type { Keys } from '../platform/keys'
import type { Translator } from '../platform/i18n/translator'

/** What a client is told that a visit brought, on its page and in its e-mail. */
export interface VisitSummary {
  identity: 'confirmed' | 'not_confirmed' | 'not_needed' | null
  matters: readonly ('general' | 'forms' | 'advice' | 'profile_create')[]
  applications: readonly { kindCode: string; reference: string }[]
  profileReference: string | null
  followUp: { number: string; startsAt: Date } | null
}

/** One query, whatever was settled. */
export async function readSummary(db: DbOrTx, visitId: string): Promise<VisitSummary> {
  const { rows } = await sql<{
    identity: VisitSummary['identity']
    matters: VisitSummary['matters'] | null
    applications: VisitSummary['applications'] | null
    profile: string | null
    next_number: string | null
    next_at: Date | null
  }>`
    select
      (select result from identity_check where visit_id = ${visitId} and undone_at is null) as identity,
      (select json_agg(matter order by matter) from visit_matter where visit_id = ${visitId}) as matters,
      (select json_agg(json_build_object('kindCode', kind_code, 'reference', reference) order by accepted_at, id)
        from application where visit_id = ${visitId}) as applications,
      (select reference from profile_confirmation where visit_id = ${visitId}) as profile,
      next.number as next_number, next.starts_at as next_at
    from (select) as nothing
      left join lateral (select number, starts_at from visit
        where follow_up_of = ${visitId} and state <> 'cancelled' limit 1) as next on true`.execute(db)
  const row = rows[0]
  return {
    identity: row?.identity ?? null,
    matters: row?.matters ?? [],
    applications: row?.applications ?? [],
    profileReference: row?.profile ?? null,
    followUp: row?.next_number && row.next_at ? { number: row.next_number, startsAt: row.next_at } : null,
  }
}

export const references = ({ applications, profileReference }: VisitSummary): string[] => [
  ...applications.map(({ reference }) => reference),
  ...(profileReference === null ? [] : [profileReference]),
]

/** What was done, a line each; never empty. */
export function summaryLines(
  summary: VisitSummary,
  { t, language }: Translator,
  directory: Pick<Directory, 'certificateKinds'>,
): string[] {
  const { identity, matters, applications, profileReference } = summary
  const kindName = (code: string) =>
    directory.certificateKinds.find((kind) => kind.code === code)?.texts[language] ?? code
  const lines = [
    ...(identity === 'confirmed' ? [t('summary.identity.confirmed')] : []),
    ...(identity === 'not_confirmed' ? [t('summary.identity.notConfirmed')] : []),
    ...matters.map((matter) => t(`summary.matter.${matter}`)),
    ...applications.map(({ kindCode, reference }) =>
      t('summary.application', { kind: kindName(kindCode), reference }),
    ),
    ...(profileReference === null ? [] : [t('summary.profileConfirmed', { reference: profileReference })]),
  ]
  return lines.length > 0 ? lines : [t('summary.done.none')]
}

/** What comes next, a line each; never empty. `agreed`: the officer's own words. */
export function nextLines(
  summary: VisitSummary,
  agreed: string,
  { t, language }: Translator,
  timeZone: string,
): string[] {
  const { applications, followUp } = summary
  const numbers = references(summary)
  const lines = [
    ...(agreed === '' ? [] : [agreed]),
    ...(applications.length > 0 ? [t('summary.application.delivery')] : []),
    ...(numbers.length > 0 ? [t('summary.references', { n: numbers.length })] : []),
    ...(followUp
      ? [
          t('summary.followUp', {
            day: dayInWords(followUp.startsAt, language, timeZone),
            time: timeOfDay(followUp.startsAt, timeZone),
            number: followUp.number,
          }),
        ]
      : []),
  ]
  return lines.length > 0 ? lines : [t('summary.next.none')]
}

/** The officer's words to the client, as visit/ seals them: words, and the right topic of a wrong one. */
export function readAgreed(
  keys: Keys,
  visit: { id: string; closingNote: Buffer | null },
): { words: string; topicId: number | null } {
  if (!visit.closingNote) return { words: '', topicId: null }
  const [words, topicId] = JSON.parse(keys.unseal(visit.closingNote, `visit.closing-note:${visit.id}`)) as [
    string,
    number | null,
  ]
  return { words, topicId }
}
