import { appendAudit } from '../audit/append-audit'
import type { Bus } from '../platform/bus'
import { type Db, inTransaction } from '../platform/db'
import { dayOf } from '../platform/zone'
import { checkDeclaration, type TypedDeclaration } from './check-declaration'
import { checkFacts, type TypedFacts } from './check-facts'
import { declarationSchema } from './declaration-schema'
import { factsSchema } from './facts-schema'
import { lockShown, type StoredShown, writeDeclaration, writeFacts } from './facts-store'
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

/** Changes what is shown of the institution; legal texts that speak of it get a new version. */
export function changeFacts(
  db: Db,
  { staffId, now, bus, seenVersion, typed }: Changing & { typed: TypedFacts },
): Promise<Changed> {
  return inTransaction<Changed>(db, async (tx) => {
    const stored = await lockShown(tx)
    if (stored.factsVersion !== seenVersion) return { ok: false, reason: 'changed_meanwhile' }
    const checked = checkFacts(factsOf(stored), typed, stored.settings)
    if (!checked.ok) return { ok: false, reason: 'invalid', problems: checked.problems }
    await writeFacts(tx, checked.facts)
    const reissued = await reissueLegalTexts(tx, { ...stored, ...checked.facts }, dayOf(now, stored.timeZone))
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
