import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { cancelVisit } from '../../src/booking/cancel-visit'
import { inTransaction } from '../../src/platform/db'
import type { Staff } from '../../src/staff/staff'
import { acceptApplication } from '../../src/visit/accept-application'
import { bookFollowUp } from '../../src/visit/book-follow-up'
import { confirmProfile } from '../../src/visit/confirm-profile'
import { decideIdentity } from '../../src/visit/decide-identity'
import { endVisit } from '../../src/visit/end-visit'
import { withFreshReference } from '../../src/visit/fresh-reference'
import { rateVisit } from '../../src/visit/rate-visit'
import { saveAgreed } from '../../src/visit/save-agreed'
import { setMatters } from '../../src/visit/set-matters'
import { undoIdentity } from '../../src/visit/undo-identity'
import { visitScene } from '../support/visit-scene'
import { granted } from '../support/world'

const scene = visitScene()

type Call = Awaited<ReturnType<typeof scene.call>>
const common = ({ visit, ewa }: Call, staff: Staff = ewa.staff) => ({
  visitId: visit.id,
  staff,
  ...scene.parts(),
  directory: scene.world.directory,
})
const confirmed = (id = randomUUID()) =>
  ({ id, result: 'confirmed', document: 'idCard', reason: null }) as const
const application = (id = randomUUID()) => ({
  id,
  kindCode: 'brak-zaleglosci',
  purpose: 'kredyt w banku',
  readBack: true,
})
const followUp = (time = '09:00', topic = 'benefits') => ({
  topicId: scene.world.topic(topic).id,
  startsAt: scene.world.at('2026-12-30', time),
})
const end = (call: Call, changes: Partial<Parameters<typeof endVisit>[1]> = {}) =>
  endVisit(scene.world.db, { ...common(call), how: 'settled', note: '', topicId: null, ...changes })

/** Everything that settles a visit. */
const acts: Record<string, (call: Call, staff?: Staff) => Promise<{ ok: boolean }>> = {
  identity: (call, staff) => decideIdentity(scene.world.db, { ...common(call, staff), ...confirmed() }),
  application: (call, staff) =>
    acceptApplication(scene.world.db, { ...common(call, staff), ...application() }),
  profile: (call, staff) => confirmProfile(scene.world.db, common(call, staff)),
  undoing: (call, staff) => undoIdentity(scene.world.db, { ...common(call, staff), words: 'pomyłka' }),
  matters: (call, staff) => setMatters(scene.world.db, { ...common(call, staff), matters: ['forms'] }),
  agreed: (call, staff) => saveAgreed(scene.world.db, { ...common(call, staff), words: 'Zadzwonimy.' }),
  'follow-up': (call, staff) => bookFollowUp(scene.world.db, { ...common(call, staff), ...followUp() }),
}

/** What all of that would have written. */
const traces = async (visitId: string) => {
  const [counted] = await scene.world.query<Record<string, number>>(
    `select (select count(*) from identity_check)::int as checks, (select count(*) from application)::int as
      applications, (select count(*) from profile_confirmation)::int as profiles,
      (select count(*) from visit_matter)::int as matters, (select count(*) from backoffice_entry)::int as entries,
      (select count(*) from visit where follow_up_of is not null)::int as "followUps",
      (select count(*) from visit where id = $1 and closing_note is not null)::int as notes`,
    [visitId],
  )
  return counted
}
const none = { checks: 0, applications: 0, profiles: 0, matters: 0, entries: 0, followUps: 0, notes: 0 }

describe('nobody but who conducts the visit settles anything in it', () => {
  test.each([
    ['a colleague', {}, 'other_officer'],
    ['an officer of another branch', { elsewhere: true }, 'unknown'],
    ['a supervisor of another branch', { role: 'supervisor', elsewhere: true }, 'unknown'],
    ['an administrator', { role: 'administrator' }, 'unknown'],
    ['an inspector', { role: 'inspector' }, 'unknown'],
  ] as const)('%s does not', async (_who, { role, elsewhere }: Person, reason) => {
    const call = await scene.call()
    const { staff } = await scene.officer(scene.one, {
      ...(role && { role }),
      ...(elsewhere && { branchId: scene.elsewhere().id }),
    })
    for (const [name, act] of Object.entries(acts))
      expect({ name, ...(await act(call, staff)) }).toEqual({ name, ok: false, reason })
    expect(await traces(call.visit.id)).toEqual(none)
  })

  test('a supervisor of the branch does it for a colleague who cannot', async () => {
    const call = await scene.call()
    const { staff } = await scene.officer(scene.one, { role: 'supervisor' })
    for (const name of ['identity', 'undoing', 'identity', 'application', 'profile', 'matters'])
      expect({ name, ...(await acts[name]?.(call, staff)) }).toMatchObject({ name, ok: true })
    const rows = await scene.world.query<{ staff_id: number }>('select staff_id from application')
    expect(rows).toEqual([{ staff_id: staff.id }])
  })

  test('and nobody after the visit is over', async () => {
    const call = await scene.call()
    granted(await end(call))
    for (const [name, act] of Object.entries(acts))
      expect({ name, ...(await act(call)) }).toEqual({ name, ok: false, reason: 'changed' })
    expect(await traces(call.visit.id)).toEqual(none)
  })
})

interface Person {
  role?: Staff['role']
  elsewhere?: true
}

describe('a decision on the identity', () => {
  test('two at once leave one', async () => {
    const call = await scene.call()
    const decide = () => decideIdentity(scene.world.db, { ...common(call), ...confirmed() })
    const outcomes = await Promise.all([decide(), decide(), decide()])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await traces(call.visit.id)).toEqual({ ...none, checks: 1 })
  })

  test('sent again is the same one, and after it was undone it is not taken anew', async () => {
    const call = await scene.call()
    const decision = confirmed()
    const decide = () => decideIdentity(scene.world.db, { ...common(call), ...decision })
    expect(await decide()).toEqual({ ok: true })
    expect(await decide()).toEqual({ ok: true })
    granted((await acts.undoing?.(call)) ?? { ok: false })
    expect(await decide()).toEqual({ ok: false, reason: 'changed' })
    expect(await acts.application?.(call)).toEqual({ ok: false, reason: 'identity_needed' })
  })

  test('undone while an application is taken: never an application on an undone identity', async () => {
    const call = await scene.call()
    granted((await acts.identity?.(call)) ?? { ok: false })
    const [applied, undone] = await Promise.all([acts.application?.(call), acts.undoing?.(call)])
    expect([applied?.ok, undone?.ok].filter(Boolean)).toHaveLength(1)
    const [row] = await scene.world.query<{ bad: number }>(
      `select count(*)::int as bad from application where not exists
        (select from identity_check check_ where check_.visit_id = application.visit_id and undone_at is null)`,
    )
    expect(row).toEqual({ bad: 0 })
  })
})

test('a reference number that is taken gives way to another one', async () => {
  const call = await scene.call()
  granted((await acts.identity?.(call)) ?? { ok: false })
  const first = granted(
    await acceptApplication(scene.world.db, { ...common(call), ...application() }),
  ).reference
  granted(await acceptApplication(scene.world.db, { ...common(call), ...application() }))
  const numbers = [first, first, 'WZ-2222-2222']
  const used = await withFreshReference(
    'WZ',
    (reference) =>
      inTransaction(scene.world.db, async (tx) => {
        await tx.updateTable('application').set({ reference }).where('reference', '<>', first).execute()
        return reference
      }),
    () => numbers.shift() ?? '',
  )
  expect(used).toBe('WZ-2222-2222')
  const rows = await scene.world.query<{ reference: string }>('select reference from application')
  expect(rows.map(({ reference }) => reference).toSorted()).toEqual(['WZ-2222-2222', first].toSorted())
})

describe('a follow-up visit', () => {
  const book = (call: Call, wanted = followUp()) =>
    bookFollowUp(scene.world.db, { ...common(call), ...wanted })
  const heldSeats = async () =>
    (await scene.world.query<{ n: number }>(`select count(*)::int as n from seat where state = 'held'`))[0]?.n

  test('asked for again, also at once, is one visit', async () => {
    const call = await scene.call()
    const answers = await Promise.all([book(call), book(call), book(call)])
    const again = await book(call)
    expect(again).toMatchObject({ ok: true })
    // While the first is being booked the others may find its time taken; a visit is only ever that one
    for (const answer of answers) expect([again, { ok: false, reason: 'taken' }]).toContainEqual(answer)
    expect(answers).toContainEqual(again)
    expect(await traces(call.visit.id)).toEqual({ ...none, followUps: 1 })
    expect(await heldSeats()).toBe(0)
  })

  test('of two different ones at once only one is booked, and the other’s time stays free', async () => {
    const call = await scene.call()
    const outcomes = await Promise.all([
      book(call, followUp('09:00', 'benefits')),
      book(call, followUp('09:25', 'pensions')),
      book(call, followUp('09:50', 'benefits')),
    ])
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    for (const outcome of outcomes)
      if (!outcome.ok) expect(outcome).toEqual({ ok: false, reason: 'follow_up_before' })
    expect(await traces(call.visit.id)).toEqual({ ...none, followUps: 1 })
    expect(await heldSeats()).toBe(0)
  })

  test('carries the consents with the time at which they were given', async () => {
    const call = await scene.call()
    const { number } = granted(await book(call))
    const given = (condition: string, value: string) =>
      scene.world.query(
        `select kind, consent.version, consent.language, given_at from consent
          join visit on visit.id = consent.visit_id where ${condition} = $1 order by kind`,
        [value],
      )
    const first = await given('visit.id', call.visit.id)
    expect(first.length).toBeGreaterThan(0)
    expect(await given('visit.number', number)).toEqual(first)
  })

  test('is left to the client when a consent’s text has changed, and holds no time', async () => {
    const call = await scene.call()
    await scene.world.query(`update consent set version = '2020-01-01' where visit_id = $1`, [call.visit.id])
    expect(await book(call)).toEqual({ ok: false, reason: 'ask_client_to_book' })
    expect(await heldSeats()).toBe(0)
  })

  test('of a time that does not exist is refused; one that was cancelled may be followed by another', async () => {
    const call = await scene.call()
    expect(await book(call, followUp('03:00'))).toEqual({ ok: false, reason: 'not_offered' })
    const { number } = granted(await book(call))
    const [row] = await scene.world.query<{ id: string }>('select id from visit where number = $1', [number])
    granted(
      await cancelVisit(scene.world.db, {
        ...scene.world.parts(),
        visitId: row?.id ?? '',
        by: 'client',
      }),
    )
    expect(await book(call, followUp('10:15'))).toMatchObject({ ok: true })
  })
})

describe('the summary', () => {
  const queued = async (id: string) =>
    (
      await scene.world.query<{ n: number }>(
        `select count(*)::int as n from message where visit_id = $1 and kind = 'ended'`,
        [id],
      )
    )[0]?.n

  test('comes with the end or not at all: an end that fails leaves neither', async () => {
    const call = await scene.call()
    const { queue } = scene.parts()
    const failing = {
      ...queue,
      visitEnded: async (...args: Parameters<typeof queue.visitEnded>) => {
        await queue.visitEnded(...args)
        throw new Error('The process dies here')
      },
    }
    await expect(end(call, { queue: failing })).rejects.toThrow('dies here')
    expect((await scene.visitRow(call.visit.id)).state).toBe('in_progress')
    expect(await queued(call.visit.id)).toBe(0)
    const both = await Promise.all([end(call), end(call, { how: 'noise' })])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await queued(call.visit.id)).toBe(1)
  })
})

describe('a rating', () => {
  const rate = (visitId: string, comment = '') =>
    rateVisit(scene.world.db, {
      visitId,
      score: 5,
      settled: 'yes',
      comment,
      timeZone: scene.world.directory.institution.timeZone,
      keys: scene.world.keys,
    })

  test('shares nothing with its visit, not even the transaction that Postgres notes in each row', async () => {
    const call = await scene.call()
    granted(await end(call))
    granted(await rate(call.visit.id))
    const joined = await scene.world.query('select 1 from rating join visit on rating.xmin = visit.xmin')
    expect(joined).toEqual([])
    const [row] = await scene.world.query<Record<string, unknown>>('select * from rating')
    const visit: Record<string, unknown> = await scene.visitRow(call.visit.id)
    const plain = new Set(['branch_id', 'topic_id', 'week', 'score', 'settled', 'comment'])
    const telling = Object.entries(row ?? {}).filter(([column]) => !plain.has(column))
    expect(telling.map(([column]) => column)).toEqual(['id'])
    for (const [, value] of telling) expect(Object.values(visit)).not.toContain(value)
  })

  test('with the number of a document is given back, and may be sent again without it', async () => {
    const call = await scene.call()
    granted(await end(call))
    expect(await rate(call.visit.id, 'mój PESEL 44051401458')).toEqual({
      ok: false,
      reason: 'document_number',
    })
    expect(await rate(call.visit.id, 'miła rozmowa')).toEqual({ ok: true })
    expect(await rate(call.visit.id)).toEqual({ ok: false, reason: 'rated_before' })
    expect(await rate(randomUUID())).toEqual({ ok: false, reason: 'unknown' })
  })

  test('is asked of the client alone, not of the guardian, and not of another site', async () => {
    const call = await scene.call({ guardian: true })
    granted(await end(call))
    const send = (path: string, origin: string) =>
      fetch(`${scene.one.url}${path.replace('/pokoj', '')}/ocena`, {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ ocena: '1' }),
        redirect: 'manual',
      })
    expect((await send(call.visit.guardianPath, scene.one.url)).status).toBe(404)
    expect((await send(call.visit.clientPath, 'https://example.org')).status).toBe(403)
    expect(await scene.world.query('select 1 from rating')).toEqual([])
  })
})
