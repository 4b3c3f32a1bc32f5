import { open } from 'node:fs/promises'
import { connect } from 'node:net'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { staffRoles } from '../../src/staff/staff'
import { makeRecording, type MadeRecording, someBytes } from '../support/finalised-recording'
import { visitScene } from '../support/visit-scene'
import { addStaff, get, post, signIn } from '../support/visit-server'

const scene = visitScene()
let recording: MadeRecording
let base: string

beforeEach(async () => {
  const { id } = await scene.bookAt('09:00')
  recording = await makeRecording(scene.world, { visitId: id, now: scene.now() })
  base = `/pracownik/nagranie/${id}`
})

const person = async (options: Parameters<typeof addStaff>[1]) => {
  const staff = await addStaff(scene.world, options)
  return { ...staff, cookie: await signIn(scene.one, staff) }
}
const supervisor = (branchId: number | null = scene.world.branch.id) =>
  person({ role: 'supervisor', branchId })
const inspector = () => person({ role: 'inspector', branchId: null })
const why = { powod: 'Skarga klienta' }

const viewOf = async (cookie: string): Promise<string> => {
  const answer = await post(scene.one, `${base}/ogladaj`, why, { cookie })
  expect(answer.status).toBe(303)
  return answer.location ?? ''
}
const media = (path: string, cookie: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${scene.one.url}${path}`, { method, redirect: 'manual', headers: { cookie, ...headers } })
const file = (view: string) => `${view}/plik/person-client.webm`
const audited = async (action: string) =>
  (
    await scene.world.query<{ details: Record<string, unknown> }>(
      'select details from audit_entry where action = $1 and subject_id = $2 order by id',
      [action, recording.visitId],
    )
  ).map(({ details }) => details)

describe('who may watch', () => {
  const answers = {
    officer: { list: 403, page: 403, watch: 403, hold: 403, erase: 403 },
    administrator: { list: 403, page: 403, watch: 403, hold: 403, erase: 403 },
    supervisor: { list: 200, page: 200, watch: 303, hold: 403, erase: 403 },
    inspector: { list: 200, page: 200, watch: 303, hold: 303, erase: 303 },
  }
  test.each(staffRoles)('%s of the branch, of another one and of all', async (role) => {
    const allowed = answers[role]
    for (const where of ['own', 'other', 'all'] as const) {
      const branchId = { own: scene.world.branch.id, other: scene.elsewhere().id, all: null }[where]
      const { cookie } = await person({ role, branchId })
      const unknown = (status: number) => (where === 'other' && allowed.list === 200 ? 404 : status)
      const got = {
        list: (await get(scene.one, '/pracownik/nagrania', cookie)).status,
        page: (await get(scene.one, base, cookie)).status,
        watch: (await post(scene.one, `${base}/ogladaj`, why, { cookie })).status,
        hold: (await post(scene.one, `${base}/wstrzymaj`, why, { cookie })).status,
        release: (await post(scene.one, `${base}/zwolnij`, why, { cookie })).status,
        erase: (await post(scene.one, `${base}/usun`, why, { cookie })).status,
      }
      expect({ where, ...got }).toEqual({
        where,
        list: allowed.list,
        page: unknown(allowed.page),
        watch: unknown(allowed.watch),
        hold: unknown(allowed.hold),
        release: unknown(allowed.hold),
        erase: unknown(allowed.erase),
      })
      if (role === 'inspector' && where !== 'other') {
        await scene.world.query('delete from recording_erasure')
        await scene.world.query('delete from recording_view')
        await scene.world.query('delete from recording')
        recording = await makeRecording(scene.world, { visitId: recording.visitId, now: scene.now() })
      }
    }
    if (allowed.list === 403)
      expect(await audited('recording.refused')).toContainEqual({ what: 'page', why: 'not_allowed' })
  })

  test('nobody without signing in: pages lead to the door, media say so', async () => {
    const { cookie } = await supervisor()
    const view = await viewOf(cookie)
    for (const path of ['/pracownik/nagrania', base, view])
      expect((await get(scene.one, path)).status, path).toBe(303)
    expect((await media(file(view), '')).status).toBe(401)
  })

  test('a view is worth something only to its person, for its recording and its four hours', async () => {
    const { cookie } = await supervisor()
    const view = await viewOf(cookie)
    const other = await supervisor()
    const keeper = await inspector()
    for (const { cookie: theirs } of [other, keeper]) {
      for (const path of [view, file(view)]) expect((await media(path, theirs)).status).toBe(404)
      expect((await post(scene.one, `${view}/przewiniecie`, { na: '5' }, { cookie: theirs })).status).toBe(
        404,
      )
      expect((await post(scene.one, `${view}/paczka`, {}, { cookie: theirs })).status).toBe(404)
    }
    const forged = `${base}/odtwarzanie/${crypto.randomUUID()}`
    expect((await media(file(forged), cookie)).status).toBe(404)
    expect((await media(`${base}/odtwarzanie/x/plik/person-client.webm`, cookie)).status).toBe(404)
    const { id } = await scene.bookAt('09:25')
    await makeRecording(scene.world, { visitId: id, now: scene.now() })
    expect((await media(file(view).replace(recording.visitId, id), cookie)).status).toBe(404)
    expect((await media(file(view), cookie)).status).toBe(200)
    await scene.world.query('update recording_view set expires_at = $1', [scene.now()])
    for (const path of [view, file(view)]) expect((await media(path, cookie)).status).toBe(403)
    expect((await audited('recording.refused')).map((entry) => entry.why)).toContain('view_expired')
  })

  test('a role that is taken away closes the view', async () => {
    const { cookie, id } = await supervisor()
    const view = await viewOf(cookie)
    await scene.world.query("update staff set role = 'officer' where id = $1", [id])
    for (const path of [view, file(view), base]) expect((await media(path, cookie)).status).toBe(403)
  })
})

describe('the reason', () => {
  test('is needed, kept sealed, and shown to the inspector alone', async () => {
    const { cookie, name } = await supervisor()
    for (const powod of ['', '  ', 'x', 'a'.repeat(501), 'dowód ABC 123456']) {
      const answer = await post(scene.one, `${base}/ogladaj`, { powod }, { cookie })
      expect(answer.status, powod).toBe(422)
      expect(answer.body).toContain('role="alert"')
    }
    expect(await scene.world.query('select id from recording_view')).toHaveLength(0)
    await viewOf(cookie)
    const [row] = await scene.world.query<{ reason: Buffer }>('select reason from recording_view')
    expect(row?.reason.toString('latin1')).not.toContain('Skarga')
    const own = await get(scene.one, base, cookie)
    expect(own.body).toContain(name)
    expect(own.body).not.toContain('Skarga klienta')
    expect((await get(scene.one, base, (await inspector()).cookie)).body).toContain('Skarga klienta')
    expect(await audited('recording.watched')).toHaveLength(1)
  })
})

describe('the media', () => {
  test('comes in ranges, uncached, and its first read is written down', async () => {
    const { cookie } = await supervisor()
    const view = await viewOf(cookie)
    const read = async (range?: string) => {
      const answer = await media(file(view), cookie, range ? { range } : {})
      return { answer, bytes: Buffer.from(await answer.arrayBuffer()) }
    }
    const whole = await read()
    expect(whole.answer.status).toBe(200)
    expect(whole.bytes.equals(someBytes)).toBe(true)
    expect(Object.fromEntries(whole.answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'accept-ranges': 'bytes',
      'content-disposition': 'inline',
      'content-type': 'video/webm',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    const middle = await read('bytes=262000-262300')
    expect(middle.answer.status).toBe(206)
    expect(middle.answer.headers.get('content-range')).toBe(`bytes 262000-262300/${someBytes.length}`)
    expect(middle.bytes.equals(someBytes.subarray(262_000, 262_301))).toBe(true)
    const last = await read('bytes=-10')
    expect(last.bytes.equals(someBytes.subarray(-10))).toBe(true)
    const outside = await read(`bytes=${someBytes.length}-`)
    expect(outside.answer.status).toBe(416)
    expect(outside.answer.headers.get('content-range')).toBe(`bytes */${someBytes.length}`)
    const head = await media(file(view), cookie, {}, 'HEAD')
    expect(head.status).toBe(200)
    expect(head.headers.get('content-length')).toBe(String(someBytes.length))
    for (const name of ['index.json', 'other.webm', '..%2Fx'])
      expect((await media(`${view}/plik/${name}`, cookie)).status).toBe(404)
    expect(await audited('recording.file_read')).toHaveLength(1)
  })

  test('many, overlapping and senseless ranges are answered with the whole, never with more', async () => {
    const { cookie } = await supervisor()
    const view = await viewOf(cookie)
    const asked = [
      `bytes=${Array.from({ length: 1200 }, (_, n) => `${n}-${n + 9}`).join(',')}`,
      'bytes=0-,0-,0-,0-',
      'bytes=0-99,50-149',
      'bytes=5-2',
      'bytes=--5',
      'bytes=-',
      'bytes=1e3-2e3',
      'bytes=0x10-',
      'seconds=1-2',
      'bytes=99999999999999999999-',
    ]
    for (const range of asked)
      for (const method of ['GET', 'HEAD']) {
        const answer = await media(file(view), cookie, { range }, method)
        expect([answer.status, answer.headers.get('content-length')], range.slice(0, 40)).toEqual([
          200,
          String(someBytes.length),
        ])
        await answer.arrayBuffer()
      }
    for (const range of ['bytes=-0', `bytes=${someBytes.length}-`, 'bytes=999999999999999-'])
      expect((await media(file(view), cookie, { range })).status, range).toBe(416)
    const beyond = await media(file(view), cookie, { range: 'bytes=-999999999999999' })
    expect(beyond.headers.get('content-range')).toBe(`bytes 0-${someBytes.length - 1}/${someBytes.length}`)
    await beyond.arrayBuffer()
  })

  test('a reader that reads nothing makes the store read no further', async () => {
    const { id } = await scene.bookAt('09:25')
    const large = Buffer.alloc(48 * 1024 * 1024, 7)
    await makeRecording(scene.world, {
      visitId: id,
      now: scene.now(),
      videos: { 'person-client.webm': large },
    })
    const { cookie } = await supervisor()
    base = `/pracownik/nagranie/${id}`
    const view = await viewOf(cookie)
    const { store } = scene.world
    const original = store.read.bind(store)
    let given = 0
    let told = () => {}
    store.read = async function* (...asked: Parameters<typeof original>) {
      for await (const piece of original(...asked)) {
        given += piece.length
        told()
        yield piece
      }
    }
    const { hostname, port } = new URL(scene.one.url)
    const reader = connect(Number(port), hostname)
    try {
      const stalled = new Promise<void>((resolve) => {
        // Nothing was read for a while although the connection is open: the buffers between are full
        let timer = setTimeout(() => undefined, 0)
        told = () => {
          clearTimeout(timer)
          timer = setTimeout(resolve, 700)
        }
      })
      reader.write(`GET ${file(view)} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncookie: ${cookie}\r\n\r\n`)
      reader.pause()
      await stalled
      // What the two sockets hold, and no more
      expect(given).toBeLessThan(24 * 1024 * 1024)
      expect(given).toBeGreaterThan(0)
    } finally {
      reader.destroy()
      store.read = original
    }
  })

  test('a damaged chunk breaks the answer off, at once or in the middle', async () => {
    const { cookie } = await supervisor()
    const view = await viewOf(cookie)
    const path = join(
      scene.world.storeFolder,
      'recordings',
      recording.visitId,
      'files',
      recording.run,
      'person-client.webm',
    )
    const handle = await open(path, 'r+')
    await handle.write(Buffer.from([1, 2, 3, 4]), 0, 4, 300_000)
    await handle.close()
    const answer = await media(file(view), cookie)
    expect(answer.status).toBe(200)
    await expect(answer.arrayBuffer()).rejects.toThrow()
    expect((await media(file(view), cookie, { range: 'bytes=300000-' })).status).toBe(500)
    expect((await media(file(view), cookie, { range: 'bytes=0-99' })).status).toBe(206)
  })

  test('every jump is written down, and nothing that is none', async () => {
    const { cookie } = await supervisor()
    const view = await viewOf(cookie)
    expect((await post(scene.one, `${view}/przewiniecie`, { na: '6000' }, { cookie })).status).toBe(204)
    for (const na of ['', '-1', '1.5', 'x', '99999999999'])
      expect((await post(scene.one, `${view}/przewiniecie`, { na }, { cookie })).status, na).toBe(400)
    expect((await audited('recording.sought'))[0]).toMatchObject({ toMs: 6000 })
  })

  test('signing out, and erasing, break off what is being sent', async () => {
    for (const act of ['sign out', 'erase'] as const) {
      const { cookie } = await inspector()
      const view = await viewOf(cookie)
      let pieces = 0
      let release = () => {}
      const released = new Promise<void>((resolve) => {
        release = resolve
      })
      const original = scene.world.store.read.bind(scene.world.store)
      scene.world.store.read = async function* (...asked: Parameters<typeof original>) {
        for await (const piece of original(...asked)) {
          if (++pieces === 3) await released
          yield piece
        }
      }
      try {
        const answer = await media(file(view), cookie)
        const reading = answer.arrayBuffer()
        reading.catch(() => undefined)
        if (act === 'sign out') await post(scene.one, '/pracownik/wyloguj', {}, { cookie })
        else await post(scene.one, `${base}/usun`, why, { cookie })
        await expect(reading).rejects.toThrow()
      } finally {
        release()
        scene.world.store.read = original
      }
    }
  })
})

describe('the list', () => {
  test('is filtered by number, state, day and topic, and names clients only at the branch’s desk', async () => {
    const own = await supervisor()
    const keeper = await inspector()
    const list = async (query: string, cookie = own.cookie) => {
      const { status, body } = await get(scene.one, `/pracownik/nagrania?${query}`, cookie)
      return { status, body, found: body.includes(base) }
    }
    const [row] = await scene.world.query<{ number: string }>('select number from visit')
    const number = row?.number ?? ''
    expect(await list('')).toMatchObject({ status: 200, found: true })
    expect((await list('')).body).toContain('Żółć-Wiśniewska')
    expect((await list('', keeper.cookie)).body).not.toContain('Żółć-Wiśniewska')
    expect((await list(`numer=${number.toLowerCase()}`)).found).toBe(true)
    expect((await list('numer=EW-2222-3333')).found).toBe(false)
    expect((await list('numer=abc')).status).toBe(422)
    expect((await list('stan=ready')).found).toBe(true)
    for (const stan of ['finalising', 'gaps', 'failed', 'held', 'erased'])
      expect((await list(`stan=${stan}`)).found, stan).toBe(false)
    expect((await list('od=2020-01-01&do=2020-01-02')).found).toBe(false)
    expect((await list('od=2026-01-02&do=2026-01-01')).status).toBe(422)
    expect((await list('temat=benefits')).found).toBe(true)
    expect((await list('temat=pensions')).found).toBe(false)
    for (const bad of ['stan=x', 'strona=0', 'oddzial=WAW2', 'od=x', 'temat=x'])
      expect((await list(bad)).status, bad).toBe(400)
    expect((await list('oddzial=WAW2', keeper.cookie)).found).toBe(false)
    expect((await list('strona=2')).found).toBe(false)
  })
})
