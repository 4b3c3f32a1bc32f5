import { appendAudit } from '../audit/append-audit'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import { dayOf } from '../platform/zone'
import { checkDeclaration, type TypedDeclaration } from './check-declaration'
import { checkLegalValues, type TypedLegalValues } from './check-legal-values'
import { declarationSchema } from './declaration-schema'
import { factsSchema } from './facts-schema'
import { lockShown, type StoredShown, writeDeclaration, writeLegalValues } from './facts-store'
import { tellInstitutionChanged } from './institution-changed'
import { reissueLegalTexts } from './reissue-legal-texts'
import type { ShownProblem } from './shown-problem'

export interface Changing {
  staffId: number
  now: Date
  bus: Bus
  /** The version that the form was made from. */
  seenVersion: number
}

export type Changed =
  | { ok: true }
  | { ok: false; reason: 'changed_meanwhile' }
  | { ok: false; reason: 'invalid'; problems: ShownProblem[] }

/** The parts of the institution's data as they are checked; they were complete when the product started. */
export const factsOf = ({ phoneE164, texts, legalValues }: StoredShown) =>
  factsSchema.parse({ phoneE164, texts, legalValues })
export const declarationOf = ({ declaration }: StoredShown) => declarationSchema.parse(declaration)

/** Changes what the clauses say of the institution; those that say it get a new version. */
export function changeLegalValues(
  db: Db,
  { staffId, now, bus, seenVersion, typed }: Changing & { typed: TypedLegalValues },
): Promise<Changed> {
  return inTransaction<Changed>(db, async (tx) => {
    const stored = await lockShown(tx)
    if (stored.factsVersion !== seenVersion) return { ok: false, reason: 'changed_meanwhile' }
    const facts = factsOf(stored)
    const checked = checkLegalValues(facts.legalValues, typed)
    if (!checked.ok) return { ok: false, reason: 'invalid', problems: checked.problems }
    await writeLegalValues(tx, checked.values)
    const { timeZone, settings } = stored
    const institution = { ...facts, timeZone, settings, legalValues: checked.values }
    const reissued = await reissueLegalTexts(tx, institution, { staffId, now })
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId },
      action: 'institution.facts_changed',
      subject: { kind: 'institution', id: 'facts' },
      details: {
        version: seenVersion + 1,
        texts: reissued.map(({ kind, version }) => `${kind} ${version}`).join(', '),
      },
    })
    await tellInstitutionChanged(tx, bus)
    return { ok: true }
  })
}

/** Changes the accessibility declaration. */
export function changeDeclaration(
  db: Db,
  { staffId, now, bus, seenVersion, typed }: Changing & { typed: TypedDeclaration },
): Promise<Changed> {
  return inTransaction<Changed>(db, async (tx) => {
    const stored = await lockShown(tx)
    if (stored.declarationVersion !== seenVersion) return { ok: false, reason: 'changed_meanwhile' }
    const checked = checkDeclaration(declarationOf(stored), typed, dayOf(now, stored.timeZone))
    if (!checked.ok) return { ok: false, reason: 'invalid', problems: checked.problems }
    await writeDeclaration(tx, checked.declaration)
    await appendAudit(tx, {
      at: now,
      actor: { kind: 'staff', staffId },
      action: 'institution.declaration_changed',
      subject: { kind: 'institution', id: 'declaration' },
      details: { version: seenVersion + 1, reviewed: checked.declaration.dates.reviewed },
    })
    await tellInstitutionChanged(tx, bus)
    return { ok: true }
  })
}
