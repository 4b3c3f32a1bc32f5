import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { acceptApplication } from '../../src/visit/accept-application'
import { bookFollowUp } from '../../src/visit/book-follow-up'
import { confirmProfile } from '../../src/visit/confirm-profile'
import { decideIdentity } from '../../src/visit/decide-identity'
import { endVisit } from '../../src/visit/end-visit'
import { rateVisit } from '../../src/visit/rate-visit'
import { setMatters } from '../../src/visit/set-matters'
import { readSettlement } from '../../src/visit/settlement-store'
import { undoIdentity } from '../../src/visit/undo-identity'
import { visitScene } from '../support/visit-scene'

const scene = visitScene()

type Call = Awaited<ReturnType<typeof scene.call>>
const common = ({ visit, ewa }: Call, staff = ewa.staff) => ({
  visitId: visit.id,
  staff,
  ...scene.parts(),
  directory: scene.world.directory,
})
const confirm = (call: Call, staff = call.ewa.staff) =>
  decideIdentity(scene.world.db, {
    ...common(call, staff),
    id: randomUUID(),
    result: 'confirmed',
    document: 'idCard',
    reason: null,
  })
const apply = (call: Call, changes: Partial<Parameters<typeof acceptApplication>[1]> = {}) =>
  acceptApplication(scene.world.db, {
    ...common(call),
    id: randomUUID(),
    kindCode: 'brak-zaleglosci',
    purpose: 'kredyt w banku',
    readBack: true,
    ...changes,
  })
const settlementOf = async (id: string) => {
  const row = await scene.visitRow(id)
  return readSettlement(scene.world.db, scene.world.keys, row)
}
const count = async (table: string) =>
  (await scene.world.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n

describe('what needs a confirmed identity', () => {
  test('is refused without it, and by nobody’s page but by the use case', async () => {
    const call = await scene.call()
    expect(await apply(call)).toEqual({ ok: false, reason: 'identity_needed' })
    expect(await confirmProfile(scene.world.db, common(call))).toEqual({
      ok: false,
      reason: 'identity_needed',
    })
    const refused = { id: randomUUID(), result: 'not_confirmed', document: null, reason: 'face' } as const
    expect(await decideIdentity(scene.world.db, { ...common(call), ...refused })).toEqual({ ok: true })
    expect(await apply(call)).toEqual({ ok: false, reason: 'identity_needed' })
  })

  test('is taken after it, with a reference number, and handed to the back office in the same step', async () => {
    const call = await scene.call()
    expect(await confirm(call)).toEqual({ ok: true })
    const application = await apply(call)
    expect(application).toMatchObject({ ok: true, reference: expect.stringMatching(/^WZ-/) as string })
    const profile = await confirmProfile(scene.world.db, common(call))
    expect(profile).toMatchObject({ ok: true, reference: expect.stringMatching(/^PP-/) as string })
    expect(await confirmProfile(scene.world.db, common(call))).toEqual(profile)
    const entries = await scene.world.query<{ kind: string }>(
      'select kind from backoffice_entry order by kind',
    )
    expect(entries.map(({ kind }) => kind)).toEqual(['application', 'profile_confirmation'])
    const rows = await scene.world.query<{ purpose: Buffer }>('select purpose from application')
    expect(rows[0]?.purpose.toString('latin1')).not.toContain('kredyt')
  })

  test('waits while the recording is interrupted', async () => {
    const call = await scene.call()
    const record = (state: string) =>
      scene.world.query(`update visit set recording_state = $1 where id = $2`, [state, call.visit.id])
    await record('interrupted')
    expect(await confirm(call)).toEqual({ ok: false, reason: 'recording_interrupted' })
    await record('on')
    expect(await confirm(call)).toEqual({ ok: true })
    await record('starting')
    expect(await apply(call)).toEqual({ ok: false, reason: 'recording_interrupted' })
  })
})

describe('an application', () => {
  test('sent again, also by a double click at once, is one', async () => {
    const call = await scene.call()
    await confirm(call)
    const id = randomUUID()
    const answers = await Promise.all([1, 2, 3].map(() => apply(call, { id })))
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1)
    expect(await count('application')).toBe(1)
    expect(await count('backoffice_entry')).toBe(1)
  })

  test.each([
    [{ kindCode: 'inne' }, 'kind_missing'],
    [{ purpose: '  ' }, 'purpose_missing'],
    [{ purpose: 'x'.repeat(501) }, 'purpose_too_long'],
    [{ purpose: 'dowód ABC123456' }, 'document_number'],
    [{ readBack: false }, 'not_read_back'],
  ])('with %j is refused as %s', async (changes, reason) => {
    const call = await scene.call()
    await confirm(call)
    expect(await apply(call, changes)).toEqual({ ok: false, reason })
    expect(await count('application')).toBe(0)
  })
})

describe('a decision on the identity', () => {
  test('stands until it is undone with a reason, and both are kept', async () => {
    const call = await scene.call()
    await confirm(call)
    expect(await confirm(call)).toEqual({ ok: false, reason: 'decided_before' })
    const undo = (words: string) => undoIdentity(scene.world.db, { ...common(call), words })
    expect(await undo(' ')).toEqual({ ok: false, reason: 'undo_reason_missing' })
    expect(await undo('PESEL 44051401458')).toEqual({ ok: false, reason: 'document_number' })
    expect(await undo('pomyliłam dokument')).toEqual({ ok: true })
    expect(await undo('jeszcze raz')).toEqual({ ok: false, reason: 'nothing_to_undo' })
    expect((await settlementOf(call.visit.id)).identity).toBeNull()
    expect(await confirm(call)).toEqual({ ok: true })
    expect(await count('identity_check')).toBe(2)
  })

  test('is not undone once something rests on it', async () => {
    const call = await scene.call()
    await confirm(call)
    await apply(call)
    expect(await undoIdentity(scene.world.db, { ...common(call), words: 'pomyłka' })).toEqual({
      ok: false,
      reason: 'already_used',
    })
  })

  test('needs a document to confirm and a reason to refuse', async () => {
    const call = await scene.call()
    const decide = (result: 'confirmed' | 'not_confirmed' | 'not_needed') =>
      decideIdentity(scene.world.db, {
        ...common(call),
        id: randomUUID(),
        result,
        document: null,
        reason: null,
      })
    expect(await decide('confirmed')).toEqual({ ok: false, reason: 'document_missing' })
    expect(await decide('not_confirmed')).toEqual({ ok: false, reason: 'identity_reason_missing' })
    expect(await decide('not_needed')).toEqual({ ok: true })
  })

  test('belongs to the officer of the visit alone', async () => {
    const call = await scene.call()
    const colleague = await scene.officer(scene.one)
    const elsewhere = await scene.officer(scene.one, { branchId: scene.elsewhere().id })
    const administrator = await scene.officer(scene.one, { role: 'administrator' })
    const inspector = await scene.officer(scene.one, { role: 'inspector' })
    expect(await confirm(call, colleague.staff)).toEqual({ ok: false, reason: 'other_officer' })
    for (const { staff } of [elsewhere, administrator, inspector])
      expect(await confirm(call, staff)).toEqual({ ok: false, reason: 'unknown' })
    expect(await count('identity_check')).toBe(0)
    await scene.ask(scene.two, call.ewa.cookie, call.visit.id, '/oddaj')
    expect(await confirm(call)).toEqual({ ok: false, reason: 'changed' })
  })
})

test('another visit is booked during the call without typing anything again', async () => {
  const call = await scene.call()
  const startsAt = scene.world.at('2026-12-30', '09:00')
  const book = (time = '09:00') =>
    bookFollowUp(scene.world.db, {
      ...common(call),
      topicId: scene.world.topic('benefits').id,
      startsAt: scene.world.at('2026-12-30', time),
    })
  const booked = await book()
  expect(booked).toMatchObject({ ok: true, startsAt })
  expect(await book()).toEqual(booked)
  expect(await book('09:25')).toEqual({ ok: false, reason: 'follow_up_before' })
  const rows = await scene.world.query<{ follow_up_of: string; id: string }>(
    'select id, follow_up_of from visit where follow_up_of is not null',
  )
  expect(rows).toMatchObject([{ follow_up_of: call.visit.id }])
  const consents = await scene.world.query(
    'select kind, version from consent where visit_id = $1 order by kind',
    [rows[0]?.id],
  )
  expect(consents).toEqual(
    await scene.world.query('select kind, version from consent where visit_id = $1 order by kind', [
      call.visit.id,
    ]),
  )
  const messages = await scene.world.query('select kind from message where visit_id = $1', [rows[0]?.id])
  expect(messages).toContainEqual({ kind: 'booked' })
})

describe('when the visit ends', () => {
  const end = (call: Call) =>
    endVisit(scene.world.db, {
      ...common(call),
      how: 'settled',
      note: 'Decyzja przyjdzie pocztą.',
      topicId: null,
    })

  test('the summary is queued once, with what was done', async () => {
    const call = await scene.call()
    await setMatters(scene.world.db, { ...common(call), matters: ['general', 'forms', 'general'] })
    expect(await end(call)).toEqual({ ok: true })
    expect(await end(call)).toEqual({ ok: false, reason: 'changed' })
    const ended = await scene.world.query(`select 1 from message where visit_id = $1 and kind = 'ended'`, [
      call.visit.id,
    ])
    expect(ended).toHaveLength(1)
    expect((await settlementOf(call.visit.id)).matters.toSorted()).toEqual(['forms', 'general'])
    const page = await fetch(`${scene.one.url}${call.visit.clientPath.replace('/pokoj', '')}`)
    const body = await page.text()
    expect(body).toContain('Pomogliśmy wypełnić wniosek')
    expect(body).toContain('Decyzja przyjdzie pocztą.')
  })

  test('all that was done is written down, with codes and references but without a word', async () => {
    const call = await scene.call()
    await confirm(call)
    await undoIdentity(scene.world.db, { ...common(call), words: 'pomyliłam dokument' })
    await confirm(call)
    const application = await apply(call)
    const profile = await confirmProfile(scene.world.db, common(call))
    await end(call)
    const entries = await scene.world.query(
      `select action, details from audit_entry where subject_id = $1 and staff_id = $2 order by id`,
      [call.visit.id, call.ewa.staff.id],
    )
    const decided = { result: 'confirmed', document: 'idCard', reason: null }
    const referenceOf = (answer: typeof application | typeof profile) => answer.ok && answer.reference
    expect(entries).toEqual([
      { action: 'visit.called_in', details: {} },
      { action: 'identity.decided', details: decided },
      { action: 'identity.undone', details: { result: 'confirmed' } },
      { action: 'identity.decided', details: decided },
      {
        action: 'application.accepted',
        details: { reference: referenceOf(application), kind: 'brak-zaleglosci' },
      },
      { action: 'profile.confirmed', details: { reference: referenceOf(profile) } },
      { action: 'visit.ended', details: { how: 'settled' } },
    ])
  })

  test('the client rates it once, and nothing leads from the rating to the visit', async () => {
    const call = await scene.call()
    const { timeZone } = scene.world.directory.institution
    const rate = (score = 4) =>
      rateVisit(scene.world.db, {
        visitId: call.visit.id,
        score,
        settled: 'partly',
        comment: 'Dziękuję',
        timeZone,
        keys: scene.world.keys,
      })
    expect(await rate()).toEqual({ ok: false, reason: 'not_over' })
    await end(call)
    const outcomes = await Promise.all([rate(), rate(5), rate(1)])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    const [row] = await scene.world.query<Record<string, unknown>>('select * from rating')
    expect(Object.keys(row ?? {}).sort()).toEqual(
      ['branch_id', 'comment', 'id', 'score', 'settled', 'topic_id', 'week'].sort(),
    )
    expect(row).toMatchObject({ week: '2026-12-28', settled: 'partly' })
  })

  test('the rating’s form works without a script, and says what it lacks', async () => {
    const call = await scene.call()
    await end(call)
    const meeting = `${scene.one.url}${call.visit.clientPath.replace('/pokoj', '')}`
    const send = (fields: Record<string, string>) =>
      fetch(`${meeting}/ocena`, {
        method: 'POST',
        headers: { origin: scene.one.url },
        body: new URLSearchParams(fields),
        redirect: 'manual',
      })
    const empty = await send({ komentarz: 'Zostaje wpisane' })
    expect(empty.status).toBe(422)
    const body = await empty.text()
    expect(body).toContain('Wybierz ocenę albo pomiń ten krok')
    expect(body).toContain('Zostaje wpisane')
    expect((await send({ ocena: '5', komentarz: 'x'.repeat(1001) })).status).toBe(422)
    expect((await send({ ocena: '5', zalatwione: 'yes' })).status).toBe(303)
    expect(await (await fetch(meeting)).text()).toContain('Dziękujemy za ocenę')
  })
})
