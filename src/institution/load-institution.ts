import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../platform/db'
import type { Day } from '../platform/zone'
import { languages } from '../texts/catalogue'
import { keepFirstAreas } from './areas/areas-store'
import type { InstitutionData } from './institution-data'
import { legalSource, legalText } from './legal-text'

/**
 * Writes an institution with its branches, areas, topics, desks and legal texts into an empty database, all
 * or nothing. Desk windows are valid from the given day. Refused when there is an institution already, also
 * one that another process is just loading.
 */
export async function loadInstitution(
  db: Db,
  data: InstitutionData,
  from: Day,
): Promise<{ ok: true } | { ok: false; reason: 'exists' }> {
  return inTransaction(db, async (tx) => {
    if (!(await insertInstitution(tx, data))) return { ok: false, reason: 'exists' }
    await insertBranches(tx, data)
    await insertTopics(tx, data)
    await insertCertificateKinds(tx, data)
    await insertDesks(tx, data, from)
    await insertLegalTexts(tx, data)
    return { ok: true }
  })
}

async function insertInstitution(tx: Tx, data: InstitutionData): Promise<boolean> {
  const row = await tx
    .insertInto('institution')
    .values({
      time_zone: data.timeZone,
      phone_e164: data.phoneE164,
      texts: JSON.stringify(data.texts),
      settings: JSON.stringify(data.settings),
      legal_values: JSON.stringify(data.legalValues),
      declaration: JSON.stringify(data.declaration),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('only_one')
    .executeTakeFirst()
  return row !== undefined
}

// Rows travel as one JSON parameter: no limit on their number, and the database joins codes to ids.
const json = (rows: readonly object[]) => sql`${JSON.stringify(rows)}::jsonb`

async function insertBranches(tx: Tx, { branches, postalAreas, countries }: InstitutionData): Promise<void> {
  await sql`
    insert into branch (code, name, city, address, postal_code, phone)
    select code, name, city, address, "postalCode", phone from jsonb_to_recordset(${json(branches)})
      as b(code text, name text, city text, address text, "postalCode" text, phone text)`.execute(tx)
  await sql`
    insert into postal_area (prefix, branch_id)
    select area.prefix, branch.id from jsonb_to_recordset(${json(postalAreas)})
      as area(prefix text, branch text) join branch on branch.code = area.branch`.execute(tx)
  await sql`
    insert into country_branch (country, branch_id)
    select served.country, branch.id from jsonb_to_recordset(${json(countries)})
      as served(country text, branch text) join branch on branch.code = served.branch`.execute(tx)
  await keepFirstAreas(tx)
}

async function insertTopics(tx: Tx, { topics, settings }: InstitutionData): Promise<void> {
  await sql`
    insert into topic (code, position, routing, address_of, requires_identity, recording, texts)
    select code, position, routing, "addressOf", "requiresIdentity",
      coalesce(recording, ${settings.recordingConsent}), texts
    from jsonb_to_recordset(${json(topics)}) as t(code text, position smallint, routing text,
      "addressOf" text, "requiresIdentity" boolean, recording text, texts jsonb)`.execute(tx)
}

async function insertCertificateKinds(tx: Tx, { certificateKinds }: InstitutionData): Promise<void> {
  await sql`
    insert into certificate_kind (code, position, texts)
    select code, position, texts
    from jsonb_to_recordset(${json(certificateKinds)}) as k(code text, position smallint, texts jsonb)`.execute(
    tx,
  )
}

async function insertDesks(tx: Tx, { desks, settings }: InstitutionData, from: Day): Promise<void> {
  await sql`
    insert into desk (branch_id, name)
    select branch.id, template.name from branch
      cross join jsonb_to_recordset(${json(desks)}) as template(name text)
    order by branch.id, template.name`.execute(tx)
  const served = desks.flatMap(({ name, topics }) => topics.map((topic) => ({ desk: name, topic })))
  await sql`
    insert into desk_topic (desk_id, topic_id)
    select desk.id, topic.id from jsonb_to_recordset(${json(served)}) as served(desk text, topic text)
      join desk on desk.name = served.desk join topic on topic.code = served.topic`.execute(tx)
  const windows = desks.flatMap(({ name, windows }) =>
    windows.flatMap(({ weekdays, ...window }) =>
      weekdays.map((weekday) => ({ desk: name, weekday, ...window })),
    ),
  )
  await sql`
    insert into desk_window (desk_id, weekday, opens, closes, breaks, visit_minutes, buffer_minutes, valid_from)
    select desk.id, w.weekday, w.opens, w.closes, w.breaks,
      ${settings.visitMinutes}::smallint, ${settings.bufferMinutes}::smallint, ${from}::date
    from jsonb_to_recordset(${json(windows)})
      as w(desk text, weekday smallint, opens time, closes time, breaks jsonb)
      join desk on desk.name = w.desk`.execute(tx)
}

async function insertLegalTexts(tx: Tx, data: InstitutionData): Promise<void> {
  const texts = data.legalTexts.flatMap(({ kind }) =>
    languages.map((language) => {
      const { version, validFrom, body } = legalText(data, kind, language)
      return {
        kind,
        version,
        language,
        body,
        valid_from: validFrom,
        source: legalSource(data, kind, language),
      }
    }),
  )
  await tx.insertInto('legal_text').values(texts).execute()
}
