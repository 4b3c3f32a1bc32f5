import { describe, expect, test } from 'vitest'
import { visitScene } from '../support/visit-scene'
import { addStaff, get, post, signIn } from '../support/visit-server'
import { somebody } from '../support/world'

const scene = visitScene()
const page = '/pracownik/wizyty'

const search = async (text: string, options: Parameters<typeof addStaff>[1] = {}) => {
  const cookie = await signIn(scene.one, await addStaff(scene.world, options))
  return post(scene.one, page, { szukaj: text }, { cookie })
}

describe('looking for a visit', () => {
  test('finds it by its number as people say it, and by parts of a name without its accents', async () => {
    const { number } = await scene.bookAt('09:00')
    await scene.bookAt('09:25', { person: somebody({ firstName: 'Maria', lastName: 'Lis' }) })
    for (const text of [number, number.replace(/-/g, ' ').toLowerCase(), 'wisniewska', 'HAL żółć']) {
      const answer = await search(text)
      expect(answer.status).toBe(200)
      expect(answer.body).toContain(number)
      expect(answer.body).not.toContain('Maria Lis')
    }
  })

  test('finds the visit by the guardian, too', async () => {
    const guardian = { firstName: 'Tomasz', lastName: 'Wilk' }
    const { number } = await scene.bookAt('09:00', { person: somebody({ guardian }) })
    expect((await search('wilk tom')).body).toContain(number)
  })

  test('says what is wrong with what was typed, and keeps it', async () => {
    const short = await search('w')
    expect(short.status).toBe(422)
    expect(short.body).toContain('Wpisz co najmniej 2 litery')
    expect(short.body).toContain('value="w"')
    expect((await search('a'.repeat(101))).status).toBe(422)
    expect((await search('Nieznana')).body).toContain('Nie ma takiej wizyty')
  })

  test('shows nothing of another branch, and nothing to who has no desk', async () => {
    const { number } = await scene.bookAt('09:00')
    const [other] = scene.world.directory.branches.filter(({ id }) => id !== scene.world.branch.id)
    expect((await search(number, { branchId: other?.id ?? 0 })).body).not.toContain(`<td>${number}`)
    for (const role of ['administrator', 'inspector'] as const) {
      const answer = await search(number, { role, branchId: null })
      expect(answer.status).toBe(403)
      expect(answer.body).not.toContain(number)
    }
  })

  test('is written down without what was looked for', async () => {
    await scene.bookAt('09:00')
    await search('wiśniewska')
    const [entry] = await scene.world.query<{ details: unknown }>(
      "select details from audit_entry where action = 'visit.searched' order by id desc limit 1",
    )
    expect(entry?.details).toEqual({ by: 'name', found: 1 })
  })
})

test('the coming days show how many visits are booked, and lead to the day', async () => {
  await scene.bookAt('09:00')
  const cookie = await signIn(scene.one, await addStaff(scene.world))
  const { body } = await get(scene.one, page, cookie)
  expect(body).toMatch(/dzien=2026-12-29"[^>]*>[^<]*29 grudnia[^<]*<\/a><\/td><td class="num">1</)
})

test('a supervisor sees how often visits of the last days ended early, and why; an officer does not', async () => {
  const end = async (time: string, reason: string) => {
    const { id } = await scene.bookAt(time)
    await scene.world.query("update visit set state = 'ended_early', state_reason = $2 where id = $1", [
      id,
      reason,
    ])
  }
  await end('09:00', 'noise')
  await end('09:25', 'left_view')
  await end('09:50', 'left_view')
  scene.world.clock.set(scene.at('12:00'))
  const seenBy = async (role: 'supervisor' | 'officer') => {
    const cookie = await signIn(scene.one, await addStaff(scene.world, { role }))
    const { body } = await get(scene.one, page, cookie)
    return [...body.matchAll(/data-reason="(\w+)"><td>[^<]*<\/td><td class="num">(\d+)/g)].map(
      ([, reason, visits]) => `${reason} ${visits}`,
    )
  }
  expect(await seenBy('supervisor')).toEqual(['left_view 2', 'noise 1'])
  expect(await seenBy('officer')).toEqual([])
  scene.world.clock.set(new Date(scene.at('12:00').getTime() + 40 * 86_400_000))
  expect(await seenBy('supervisor')).toEqual([])
})
