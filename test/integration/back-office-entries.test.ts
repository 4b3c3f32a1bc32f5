import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { acceptApplication } from '../../src/visit/accept-application'
import { confirmProfile } from '../../src/visit/confirm-profile'
import { decideIdentity } from '../../src/visit/decide-identity'
import { createEntryReader } from '../../src/visit/read-entry-content'
import { visitScene } from '../support/visit-scene'

const scene = visitScene()

/** Names and kinds of everything in a value: { a: { b: 'string' } }. */
const shapeOf = (value: unknown): unknown => {
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)]))
}

/** The examples that receivers build upon. */
const examples = async (): Promise<Record<string, { type: string; data: unknown }>> => {
  const guide = await readFile('docs/guides/back-office.md', 'utf8')
  const found = [...guide.matchAll(/```json\n(\{\n {2}"type"[^`]*)```/g)].map(
    ([, text]) => JSON.parse(text ?? '') as { type: string; data: unknown },
  )
  return Object.fromEntries(found.map((one) => [one.type, one]))
}

test('what was settled in a visit is told with the client, the check and the purpose, as the guide shows it', async () => {
  const { world } = scene
  const { visit, ewa } = await scene.call({ guardian: true })
  const common = { visitId: visit.id, staff: ewa.staff, ...scene.parts(), directory: world.directory }
  const identity = { id: randomUUID(), result: 'confirmed', document: 'idCard', reason: null } as const
  await decideIdentity(world.db, { ...common, ...identity })
  const application = {
    id: randomUUID(),
    kindCode: 'brak-zaleglosci',
    purpose: 'kredyt w banku',
    readBack: true,
  }
  const accepted = await acceptApplication(world.db, { ...common, ...application })
  const confirmed = await confirmProfile(world.db, common)

  const entries = await world.query<{
    kind: 'application' | 'profile_confirmation'
    subject_id: string
    reference: string
  }>('select * from backoffice_entry order by kind')
  expect(entries.map(({ reference }) => reference)).toEqual([
    accepted.ok && accepted.reference,
    confirmed.ok && confirmed.reference,
  ])
  const read = createEntryReader(world)
  const [told, alsoTold] = await Promise.all(
    entries.map(({ kind, subject_id: subjectId }) => read({ kind, subjectId })),
  )
  expect(told).toMatchObject({
    purpose: 'kredyt w banku',
    certificate: { kind: 'brak-zaleglosci' },
    client: { firstName: 'Halina', lastName: 'Żółć-Wiśniewska' },
    guardian: { firstName: 'Tomasz', lastName: 'Wiśniewski' },
    identity: { document: 'idCard' },
    visit: { branch: { code: 'WAW3' }, topic: 'benefits' },
  })
  const shown = await examples()
  expect(shapeOf(told)).toEqual(shapeOf(shown['application.accepted']?.data))
  expect(shapeOf({ ...alsoTold, guardian: null })).toEqual(shapeOf(shown['profile.confirmed']?.data))
  expect(await read({ kind: 'application', subjectId: randomUUID() })).toBeUndefined()
})
