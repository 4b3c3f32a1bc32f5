import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:net'
import { createSocket, type Socket } from 'node:dgram'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Secret } from '../../src/config/secret'
import type { TurnConfig } from '../../src/config/config'
import { checkRelays } from '../../src/visit/check-relay'
import { debianProgram } from '../support/debian-program'
import { makeRecording } from '../support/finalised-recording'
import { makeCertificate, type SelfMadeCertificate } from '../support/self-made-certificate'
import { startTurnServer, type TurnServer } from '../support/turn-server'
import { visitScene } from '../support/visit-scene'
import { get } from '../support/visit-server'

const scene = visitScene()

const config = (urls: string[], secret: string): TurnConfig => ({
  urls,
  secret: new Secret(secret),
  credentialSeconds: 600,
  officerRelayOnly: false,
})
const statesOf = async (turn: TurnConfig) => (await checkRelays(turn, new Date())).map(({ state }) => state)

describe('the operations page', () => {
  test('tells an administrator that no relay is configured, and what to do', async () => {
    const admin = await scene.officer(scene.one, { role: 'administrator' })
    const { status, body } = await get(scene.one, '/pracownik/stan', admin.cookie)
    expect(status).toBe(200)
    expect(body).toContain('Nie ma serwera TURN.')
    expect(body).toContain('TURN_SECRET')
  })

  test('tells whether recordings are kept, and how many could not be made whole', async () => {
    const admin = await scene.officer(scene.one, { role: 'administrator' })
    const page = async () => (await get(scene.one, '/pracownik/stan', admin.cookie)).body
    const whole = await page()
    expect(whole).toContain('data-store="works"')
    expect(whole).not.toContain('data-unfinished')

    const { db, keys, faults } = scene.world
    const visit = await scene.bookAt('09:00')
    const recorded = { visitId: visit.id, now: scene.now() }
    await makeRecording({ db, keys, store: scene.world.store }, recorded)
    await db.updateTable('recording').set({ state: 'failed', finalise_error: 'journal_damaged' }).execute()
    const failing = faults.failAppends()
    const broken = await page()
    await failing
    faults.mend()
    expect(broken).toContain('ENOSPC: no space left on device')
    expect(broken).toContain('data-unfinished="journal_damaged"')
    expect(broken).not.toContain('data-store="works"')
  })

  test.each(['officer', 'supervisor', 'inspector'] as const)('is closed to the role %s', async (role) => {
    const { cookie } = await scene.officer(scene.one, { role })
    expect((await get(scene.one, '/pracownik/stan', cookie)).status).toBe(403)
    expect((await get(scene.one, '/pracownik/dzien', cookie)).body).not.toContain('href="/pracownik/stan"')
  })

  test('tells what other systems have not taken, and leads to where it is mended', async () => {
    const admin = await scene.officer(scene.one, { role: 'administrator' })
    const page = async () => (await get(scene.one, '/pracownik/stan', admin.cookie)).body
    expect(await page()).not.toContain('nie ma dokąd trafić')
    const entry = {
      id: randomUUID(),
      kind: 'application',
      subject_id: randomUUID(),
      reference: 'WZ-AAAA-AAAA',
    }
    await scene.world.db
      .insertInto('backoffice_entry')
      .values({ ...entry, branch_id: scene.world.branch.id, created_at: scene.now() })
      .execute()
    expect(await page()).toContain('1 sprawa nie ma dokąd trafić')
    await scene.world.db
      .updateTable('backoffice_entry')
      .set({ state: 'failed', routed_at: scene.now() })
      .execute()
    const failed = await page()
    expect(failed).toContain('1 sprawa nie dotarła do innego systemu')
    expect(failed).toContain('href="/pracownik/ustawienia/przekazania"')
  })

  test('leads who is not signed in to the door', async () => {
    expect((await get(scene.one, '/pracownik/stan')).status).toBe(303)
  })
})

describe('what is no relay', () => {
  let mute: Socket
  let talker: Server
  beforeAll(async () => {
    mute = createSocket('udp4')
    await new Promise<void>((resolve) => mute.bind(0, '127.0.0.1', resolve))
    talker = createServer((socket) => {
      socket.on('error', () => undefined)
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')
    })
    await new Promise<void>((resolve) => talker.listen(0, '127.0.0.1', resolve))
  })
  afterAll(() => {
    mute.close()
    talker.close()
  })

  test('does not answer: a silent port, a closed one, one that speaks something else, a name that is none', async () => {
    const { port: http } = talker.address() as { port: number }
    const urls = [
      `turn:127.0.0.1:${mute.address().port}?transport=udp`,
      'turn:127.0.0.1:1?transport=tcp',
      `turn:127.0.0.1:${http}?transport=tcp`,
      `turns:127.0.0.1:${http}?transport=tcp`,
    ]
    expect(await statesOf(config(urls, 'any'))).toEqual(['silent', 'silent', 'silent', 'silent'])
  })
})

const turnserver = debianProgram('turnserver')

describe.skipIf(turnserver === undefined)('a real relay', () => {
  let relay: TurnServer
  beforeAll(async () => {
    relay = await startTurnServer(turnserver ?? '')
  })
  afterAll(() => relay.stop())

  const urls = () => (relay.environment.TURN_URLS ?? '').split(',')

  test('works over UDP and TCP, refuses another secret, and is missed when it is gone', async () => {
    const secret = relay.environment.TURN_SECRET ?? ''
    expect(await statesOf(config(urls(), secret))).toEqual(['answers', 'answers'])
    expect(await statesOf(config(urls(), 'another secret'))).toEqual(['refuses', 'refuses'])
    await relay.stop()
    expect(await statesOf(config(urls(), secret))).toEqual(['silent', 'silent'])
  })
})

const openssl = debianProgram('openssl')

describe.skipIf(turnserver === undefined || openssl === undefined)('a real relay over TLS', () => {
  let certificate: SelfMadeCertificate
  let relay: TurnServer
  beforeAll(async () => {
    certificate = await makeCertificate(openssl ?? '')
    relay = await startTurnServer(turnserver ?? '', certificate)
  })
  afterAll(async () => {
    await relay.stop()
    await certificate.remove()
  })

  test('works once its certificate is trusted; until then the certificate is named as the cause', async () => {
    const turn = config([relay.tlsUrl], relay.environment.TURN_SECRET ?? '')
    expect(await statesOf(turn)).toEqual(['certificate'])
    const trusted = getCACertificates('default')
    setDefaultCACertificates([...trusted, certificate.text])
    try {
      expect(await statesOf(turn)).toEqual(['answers'])
      expect(await statesOf(config([relay.tlsUrl], 'another secret'))).toEqual(['refuses'])
    } finally {
      setDefaultCACertificates(trusted)
    }
  })
})
